"""A machine in plain Python: what it measures waits in a file until the platform has stored it, and it does what it is told."""
import collections, json, os, random, sqlite3, time
import paho.mqtt.client as mqtt

DEVICE, TOKEN = os.environ["DEVICE"], os.environ["TOKEN"]  # organization/device, and the token that was shown once
TOPIC = f"yf/v1/{DEVICE}"
spool = sqlite3.connect(os.environ.get("SPOOL", "spool.db"), isolation_level=None)
spool.execute("create table if not exists waiting (seq integer primary key autoincrement, channel text, body text)")
in_flight, acknowledged, heard = {}, collections.deque(), collections.deque()  # message id -> seq; message ids; messages
machine, done = {"target": 60.0, "every_s": float(os.environ.get("EVERY_S", "1"))}, {}  # what it runs; command id -> answer

def keep(channel, **body):
    """On disk before it is sent. A seq never comes twice, so what is sent twice is stored once."""
    spool.execute("insert into waiting (channel, body) values (?, ?)", (channel, json.dumps({"ts": time.time() * 1000, **body})))

def do(name, parameters):
    if name != "set_target": return {"error": f"no command {name}; there is set_target"}
    machine["target"] = parameters["temperature"]
    return {"ok": True, "target": machine["target"]}

def obey(topic, told):
    if topic.endswith("/config"):
        machine["every_s"] = told["configuration"].get("every_s", machine["every_s"])
        return keep("config/reported", version=told["version"], configuration={"every_s": machine["every_s"]})
    if told["id"] not in done: done[told["id"]] = do(told["name"], told["parameters"])  # it may come again: answered, not done, again
    keep("command/ack", id=told["id"], **done[told["id"]])

def send():
    while heard: obey(*heard.popleft())
    while acknowledged:  # PUBACK: it is stored
        spool.execute("delete from waiting where seq = ?", (in_flight.pop(acknowledged.popleft(), 0),))
    after, room = max(in_flight.values(), default=0), 100 - len(in_flight)
    for seq, channel, body in spool.execute("select * from waiting where seq > ? order by seq limit ?", (after, room)).fetchall():
        in_flight[client.publish(f"{TOPIC}/{channel}", json.dumps({**json.loads(body), "seq": seq}), qos=1).mid] = seq

def connected(client, *_):
    client.subscribe([(f"{TOPIC}/command", 1), (f"{TOPIC}/config", 1)])  # first, then online: what waits is given now
    client.publish(f"{TOPIC}/status", "online", qos=1, retain=True)

version = [mqtt.CallbackAPIVersion.VERSION2] if hasattr(mqtt, "CallbackAPIVersion") else []  # paho-mqtt 2, or 1.6
client = mqtt.Client(*version, client_id=DEVICE)
client.username_pw_set(DEVICE, TOKEN)
client.will_set(f"{TOPIC}/status", "offline", qos=1, retain=True)
client.on_connect = connected
client.on_message = lambda client, userdata, message: heard.append((message.topic, json.loads(message.payload)))
client.on_publish = lambda client, userdata, mid, *_: acknowledged.append(mid)
client.reconnect_delay_set(1, 30)
client.connect_async(os.environ.get("MQTT_HOST", "127.0.0.1"), int(os.environ.get("MQTT_PORT", "1883")))
client.loop_start()  # connects, and connects again; resends what was not acknowledged
for reading in range(int(os.environ.get("READINGS", "1000000"))):
    keep("telemetry", values={"temperature": round(machine["target"] + random.random(), 3), "power": 3.2})
    send()
    time.sleep(machine["every_s"])
while spool.execute("select count(*) from waiting").fetchone()[0]:
    send()
    time.sleep(0.05)
