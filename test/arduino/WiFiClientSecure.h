#pragma once
#include "Arduino.h"

enum { WL_CONNECTED = 3 };

struct WiFiClass {
  void begin(const char *, const char *) {}
  int status() { return WL_CONNECTED; }
};
inline WiFiClass WiFi;

// The sockets are plain here: the embedded broker of a test has no certificate.
struct WiFiClientSecure {
  void setCACert(const char *) {}
};
