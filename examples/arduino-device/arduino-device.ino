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
#define LIGHT 2                   // the pin of its light
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
uint32_t everyMs = 1000;  // between two readings: set by the platform

// Told from loop(), because nothing may be published while a message is being received.
struct Answer {
  char id[37];
  bool known;
};
const uint32_t ANSWERS = 8;
Answer answers[ANSWERS];
uint32_t answered = 0, commands = 0;  // so many of the commands that came
uint32_t reported = 0, version = 0;   // of the configuration; it begins at 1

WiFiClientSecure network;
MQTTClient mqtt(512);

// Where the value of a quoted key begins, without its own quote; nullptr where there is none. ArduinoJson reads more than these few.
const char *valueOf(const String &payload, const char *key) {
  const char *at = strstr(payload.c_str(), key);
  return at ? at + strlen(key) + strspn(at + strlen(key), ": \"") : nullptr;
}

// {"id":"…","name":"identify",…}: it may come again, and blinking twice does no harm.
void commanded(const String &payload) {
  const char *id = valueOf(payload, "\"id\""), *name = valueOf(payload, "\"name\"");
  if (!id || !name) return;
  if (commands - answered == ANSWERS) return;  // not answered, so it comes again with the next connection
  Answer &answer = answers[commands++ % ANSWERS];
  snprintf(answer.id, sizeof answer.id, "%s", id);
  answer.known = strncmp(name, "identify\"", 9) == 0;
  if (answer.known) digitalWrite(LIGHT, HIGH);
}

// {"version":3,"configuration":{"every_ms":5000}}
void configured(const String &payload) {
  const char *number = valueOf(payload, "\"version\""), *every = valueOf(payload, "\"every_ms\"");
  if (!number) return;
  uint32_t wanted = every ? strtoul(every, nullptr, 10) : everyMs;
  if (wanted >= 100 && wanted <= 60000) everyMs = wanted;
  version = strtoul(number, nullptr, 10);
  reported = 0;
}

void received(String &topic, String &payload) {
  if (topic.endsWith("/command")) return commanded(payload);
  if (topic.endsWith("/config")) return configured(payload);
  const char *ts = valueOf(payload, "\"ts\"");  // …/time answers {"ts":1732250000123}
  if (ts) clockAhead = strtoull(ts, nullptr, 10) - millis();
}

void tellWhatCame() {
  char body[120];
  if (answered != commands) {
    const Answer &oldest = answers[answered % ANSWERS];
    snprintf(body, sizeof body, "{\"id\":\"%s\",%s}", oldest.id, oldest.known ? "\"ok\":true" : "\"error\":\"it knows identify only\"");
    if (mqtt.publish("yf/v1/" DEVICE "/command/ack", body, false, 1)) answered++;
  }
  if (reported != version) {
    // What it runs, not what was wished for: the platform shows the difference.
    snprintf(body, sizeof body, "{\"version\":%lu,\"configuration\":{\"every_ms\":%lu}}", (unsigned long)version, (unsigned long)everyMs);
    if (mqtt.publish("yf/v1/" DEVICE "/config/reported", body, false, 1)) reported = version;
  }
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
  mqtt.subscribe("yf/v1/" DEVICE "/command", 1);            // first these, then online: what waits is given now
  mqtt.subscribe("yf/v1/" DEVICE "/config", 1);
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
  pinMode(LIGHT, OUTPUT);
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
    nextReading = millis() + everyMs;
    keep(analogReadMilliVolts(34) / 10.0f);  // LM35: 10 mV a degree
  }
  if (online()) {
    mqtt.loop();
    tellWhatCame();
    if (waiting) sendOldest();
  }
}
