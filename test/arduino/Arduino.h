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

class String {
 public:
  explicit String(std::string text) : text(std::move(text)) {}
  int indexOf(char wanted) const {
    const auto at = text.find(wanted);
    return at == std::string::npos ? -1 : (int)at;
  }
  const char *c_str() const { return text.c_str(); }

 private:
  std::string text;
};
