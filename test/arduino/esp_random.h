#pragma once
#include "Arduino.h"

inline uint32_t esp_random() {
  static std::random_device source;
  return source();
}
