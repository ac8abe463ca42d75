// Comes after the sketch: runs it until it has made READINGS and all it made is acknowledged.
#include <thread>

const char CA_CERTIFICATE[] = "";

int main() {
  setup();
  const uint32_t first = seq;
  const uint32_t wanted = (uint32_t)environment("READINGS", 30);
  while (seq - first < wanted || waiting > 0 || answered != commands || reported != version) {
    loop();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  std::printf("made %u\n", (unsigned)(seq - first));
}
