// What the sketch uses of Arduino and of the ESP32, for a computer: time runs as fast as SPEED says.
#pragma once
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>

inline long environment(const char *name, long otherwise) {
  const char *value = std::getenv(name);
  return value ? std::atol(value) : otherwise;
}

inline uint32_t millis() {
  static const auto start = std::chrono::steady_clock::now();
  const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
  static const long speed = environment("SPEED", 1);
  return (uint32_t)(passed * speed);
}

inline uint32_t analogReadMilliVolts(int) {
  static uint32_t read = 0;
  return 200 + read++ % 100;
}

enum { OUTPUT = 3, HIGH = 1 };
inline void pinMode(int, int) {}
inline void digitalWrite(int pin, int level) { std::printf("pin %d is %d\n", pin, level); }

class String {
 public:
  explicit String(std::string text) : text(std::move(text)) {}
  bool endsWith(const char *end) const {
    const std::string wanted(end);
    return text.size() >= wanted.size() && text.compare(text.size() - wanted.size(), wanted.size(), wanted) == 0;
  }
  const char *c_str() const { return text.c_str(); }

 private:
  std::string text;
};
