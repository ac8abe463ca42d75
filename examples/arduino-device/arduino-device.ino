// A machine on an ESP32: plain MQTT with QoS 1, no code of Yunfab. Needs the library "MQTT" by Joël Gähwiler (256dpi/arduino-mqtt).
// Readings wait in a ring until the platform has acknowledged them; when the ring is full, the oldest is given up.
#include <MQTT.h>
#include <WiFiClientSecure.h>
#include <esp_random.h>

#define WIFI_NAME "plant"
#define WIFI_PASSWORD "…"
#define SERVER "yunfab.example.cn"
#define DEVICE "shanhai/press-7"  // organization/device, as registered
#define TOKEN "yd_…"              // shown once
extern const char CA_CERTIFICATE[];  // PEM of who signed the server's certificate

struct Reading {
  uint64_t ts;   // Unix ms, 0 while the clock is not set: the platform then takes the time of receipt
  uint32_t seq;  // together with ts it says "this reading", however often it is sent
  float temperature;
};

const uint32_t RING = 600;  // ten minutes of a reading a second
Reading ring[RING];
uint32_t head = 0, waiting = 0, seq = 0;
uint64_t clockAhead = 0;  // Unix ms minus millis()

WiFiClientSecure network;
MQTTClient mqtt(512);

void received(String &topic, String &payload) {
  // …/time answers {"ts": 1732250000123}
  int at = payload.indexOf(':');
  if (at > 0) clockAhead = strtoull(payload.c_str() + at + 1, nullptr, 10) - millis();
}

bool online() {
  if (mqtt.connected()) return true;
  if (WiFi.status() != WL_CONNECTED) return false;
  static uint32_t nextTry = 0;
  if ((int32_t)(millis() - nextTry) < 0) return false;
  nextTry = millis() + 1000 + esp_random() % 9000;  // not all machines at once
  mqtt.setWill("yf/v1/" DEVICE "/status", "offline", true, 1);
  if (!mqtt.connect(DEVICE, DEVICE, TOKEN)) return false;  // client id, user name, password
  mqtt.subscribe("yf/v1/" DEVICE "/time", 0);               // tells the time on subscribing
  return mqtt.publish("yf/v1/" DEVICE "/status", "online", true, 1);
}

void keep(float temperature) {
  if (waiting == RING) {
    head = (head + 1) % RING;
    waiting--;
  }
  ring[(head + waiting++) % RING] = {clockAhead ? clockAhead + millis() : 0, ++seq, temperature};
}

void sendOldest() {
  Reading &oldest = ring[head];
  char body[160], ts[32] = "";
  if (oldest.ts) snprintf(ts, sizeof ts, "\"ts\":%llu,", (unsigned long long)oldest.ts);
  snprintf(body, sizeof body, "{%s\"seq\":%lu,\"values\":{\"temperature\":%.2f}}", ts, (unsigned long)oldest.seq, oldest.temperature);
  if (!mqtt.publish("yf/v1/" DEVICE "/telemetry", body, false, 1)) return;  // waits for the PUBACK, which means: stored
  head = (head + 1) % RING;
  waiting--;
}

void setup() {
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
  network.setCACert(CA_CERTIFICATE);
  seq = esp_random() & 0x7fffffff;  // not where the last life began; ts tells the rest apart
  mqtt.begin(SERVER, 8883, network);
  mqtt.setKeepAlive(30);
  mqtt.onMessage(received);
}

void loop() {
  static uint32_t nextReading = 0;
  if ((int32_t)(millis() - nextReading) >= 0) {
    nextReading = millis() + 1000;
    keep(analogReadMilliVolts(34) / 10.0f);  // LM35: 10 mV a degree
  }
  if (online()) {
    mqtt.loop();
    if (waiting) sendOldest();
  }
}
