// The interface of "MQTT" by Joël Gähwiler (256dpi/arduino-mqtt 2.5) as far as the sketch uses it, MQTT 3.1.1 over plain
// sockets: a publish of QoS 1 waits for its PUBACK, and what goes wrong closes the connection.
#pragma once
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "Arduino.h"
#include "WiFiClientSecure.h"

class MQTTClient {
 public:
  explicit MQTTClient(int) {}
  void begin(const char *host, int, WiFiClientSecure &) { this->host = host; }
  void setKeepAlive(int seconds) { keepAlive = seconds; }
  void onMessage(void (*callback)(String &, String &)) { received = callback; }
  void setWill(const char *topic, const char *payload, bool retained, int qos) {
    will = text(topic) + text(payload);
    willFlags = (uint8_t)(4 | qos << 3 | (retained ? 32 : 0));
  }
  bool connected() const { return socketFd >= 0; }

  bool connect(const char *id, const char *user, const char *password) {
    close();
    socketFd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons((uint16_t)environment("MQTT_PORT", 1883));
    inet_pton(AF_INET, host.c_str(), &at.sin_addr);
    if (::connect(socketFd, (sockaddr *)&at, sizeof at) != 0) return close();
    std::string body = text("MQTT");
    body += (char)4;
    body += (char)(0xC2 | willFlags);
    body += number(keepAlive) + text(id) + will + text(user) + text(password);
    if (!send(0x10, body)) return close();
    return await(0x20) && answer.size() == 2 && answer[1] == 0 ? true : close();
  }

  bool subscribe(const char *topic, int qos) {
    const std::string id = number(++packet);
    return send(0x82, id + text(topic) + (char)qos) && (await(0x90, id) || close());
  }

  bool publish(const char *topic, const char *payload, bool retained, int qos) {
    const std::string id = qos ? number(++packet) : "";
    if (!send((uint8_t)(0x30 | qos << 1 | (retained ? 1 : 0)), text(topic) + id + payload)) return close();
    return qos == 0 || await(0x40, id) || close();
  }

  bool loop() {
    pollfd waiting{socketFd, POLLIN, 0};
    while (connected() && ::poll(&waiting, 1, 0) > 0)
      if (read() < 0) return close();
    return connected();
  }

 private:
  std::string host, will, answer;
  uint8_t willFlags = 0;
  uint16_t keepAlive = 10, packet = 0;
  int socketFd = -1;
  void (*received)(String &, String &) = nullptr;

  static std::string number(uint16_t value) { return {(char)(value >> 8), (char)(value & 255)}; }
  static std::string text(const std::string &value) { return number((uint16_t)value.size()) + value; }

  bool close() {
    if (socketFd >= 0) ::close(socketFd);
    socketFd = -1;
    return false;
  }

  bool send(uint8_t kind, const std::string &body) {
    std::string whole(1, (char)kind);
    size_t left = body.size();
    do {
      whole += (char)(left % 128 | (left > 127 ? 128 : 0));
      left /= 128;
    } while (left > 0);
    whole += body;
    return connected() && ::send(socketFd, whole.data(), whole.size(), MSG_NOSIGNAL) == (ssize_t)whole.size();
  }

  bool bytes(char *into, size_t count) {
    for (size_t have = 0; have < count;) {
      pollfd waiting{socketFd, POLLIN, 0};
      if (::poll(&waiting, 1, 10000) <= 0) return false;
      const ssize_t came = ::recv(socketFd, into + have, count - have, 0);
      if (came <= 0) return false;
      have += (size_t)came;
    }
    return true;
  }

  // The kind of the next packet, its body in `answer`; what was published to the device goes to its callback. −1: the connection is over.
  int read() {
    char kind, part;
    if (!bytes(&kind, 1)) return -1;
    size_t length = 0;
    int shift = 0;
    do {
      if (!bytes(&part, 1)) return -1;
      length |= (size_t)(part & 127) << shift;
      shift += 7;
    } while (part & 128);
    answer.assign(length, 0);
    if (length > 0 && !bytes(answer.data(), length)) return -1;
    if ((kind & 0xF0) == 0x30 && received) {
      const size_t name = (size_t)(uint8_t)answer[0] << 8 | (uint8_t)answer[1];
      const std::string id = kind & 0x06 ? answer.substr(2 + name, 2) : "";
      String topic(answer.substr(2, name)), payload(answer.substr(2 + name + id.size()));
      received(topic, payload);
      if (!id.empty() && !send(0x40, id)) return -1;
    }
    return (uint8_t)kind & 0xF0;
  }

  bool await(int kind, const std::string &id = "") {
    for (;;) {
      const int came = read();
      if (came < 0) return false;
      if (came == kind && answer.compare(0, id.size(), id) == 0) return true;
    }
  }
};
