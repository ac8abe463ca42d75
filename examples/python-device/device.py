"""A machine in plain Python: what it measures waits in a file until the platform has stored it."""
import collections, json, os, random, sqlite3, time
import paho.mqtt.client as mqtt

DEVICE, TOKEN = os.environ["DEVICE"], os.environ["TOKEN"]  # organization/device, and the token that was shown once
TOPIC = f"yf/v1/{DEVICE}"
spool = sqlite3.connect(os.environ.get("SPOOL", "spool.db"), isolation_level=None)
spool.execute("create table if not exists waiting (seq integer primary key autoincrement, channel text, body text)")
in_flight, acknowledged = {}, collections.deque()  # message id -> seq; message ids

def keep(channel, **body):
    """On disk before it is sent. A seq never comes twice, so what is sent twice is stored once."""
    spool.execute("insert into waiting (channel, body) values (?, ?)", (channel, json.dumps({"ts": time.time() * 1000, **body})))

def send():
    while acknowledged:  # PUBACK: it is stored
        spool.execute("delete from waiting where seq = ?", (in_flight.pop(acknowledged.popleft(), 0),))
    after, room = max(in_flight.values(), default=0), 100 - len(in_flight)
    for seq, channel, body in spool.execute("select * from waiting where seq > ? order by seq limit ?", (after, room)).fetchall():
        in_flight[client.publish(f"{TOPIC}/{channel}", json.dumps({**json.loads(body), "seq": seq}), qos=1).mid] = seq

def connected(client, *_):
    client.publish(f"{TOPIC}/status", "online", qos=1, retain=True)

version = [mqtt.CallbackAPIVersion.VERSION2] if hasattr(mqtt, "CallbackAPIVersion") else []  # paho-mqtt 2, or 1.6
client = mqtt.Client(*version, client_id=DEVICE)
client.username_pw_set(DEVICE, TOKEN)
client.will_set(f"{TOPIC}/status", "offline", qos=1, retain=True)
client.on_connect = connected
client.on_publish = lambda client, userdata, mid, *_: acknowledged.append(mid)
client.reconnect_delay_set(1, 30)
client.connect_async(os.environ.get("MQTT_HOST", "127.0.0.1"), int(os.environ.get("MQTT_PORT", "1883")))
client.loop_start()  # connects, and connects again; resends what was not acknowledged
for reading in range(int(os.environ.get("READINGS", "1000000"))):
    keep("telemetry", values={"temperature": round(60 + random.random(), 3), "power": 3.2})
    send()
    time.sleep(float(os.environ.get("EVERY_S", "1")))
while spool.execute("select count(*) from waiting").fetchone()[0]:
    send()
    time.sleep(0.05)
