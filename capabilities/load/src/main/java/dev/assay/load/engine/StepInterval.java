package dev.assay.load.engine;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one step did in an interval. Owned by one thread at a time: by a loop while it records, then
 * by whoever took the interval.
 */
public final class StepInterval {

  private static final int KINDS = ErrorKind.values().length;

  private final Lazily latency = new Lazily();
  private final Lazily serviceTime = new Lazily();
  private final Lazily firstByte = new Lazily();
  private final Lazily errorLatency = new Lazily();
  private final Lazily streamFirst = new Lazily();
  private final Lazily streamBetween = new Lazily();
  private final long[] errors = new long[KINDS];
  private final @Nullable String[] examples = new @Nullable String[KINDS];
  private long requests;
  private long sent;
  private long bytesSent;
  private long bytesReceived;
  private long messagesSent;
  private long messagesReceived;

  StepInterval() {}

  void succeeded(long latencyNanos, long serviceNanos) {
    requests++;
    latency.record(latencyNanos);
    serviceTime.record(serviceNanos);
  }

  /** The response to what succeeds began so long after the request was sent. */
  void firstByte(long nanos) {
    firstByte.record(nanos);
  }

  /** A failure of something that was sent or tried to be; service is negative if never sent. */
  void failed(ErrorKind kind, long latencyNanos, long serviceNanos) {
    requests++;
    errors[kind.ordinal()]++;
    errorLatency.record(latencyNanos);
    if (kind.countsAsLatency()) {
      latency.record(latencyNanos);
      serviceTime.record(serviceNanos);
    }
  }

  void drop() {
    errors[ErrorKind.DROPPED.ordinal()]++;
  }

  void sent(int bytes) {
    sent++;
    bytesSent += bytes;
  }

  void received(int bytes) {
    bytesReceived += bytes;
  }

  /** Bytes that are no request of their own, such as the answer to a ping. */
  void sentBesides(int bytes) {
    bytesSent += bytes;
  }

  void messagesSent(int many) {
    messagesSent += many;
  }

  void messageSent() {
    messagesSent++;
  }

  void messageReceived() {
    messagesReceived++;
  }

  /** The first event or message of a stream came so long after what asked for it was sent. */
  void streamFirst(long nanos) {
    streamFirst.record(nanos);
  }

  /** Another event or message of a stream came so long after the one before. */
  void streamBetween(long nanos) {
    streamBetween.record(nanos);
  }

  void example(ErrorKind kind, String sentence) {
    examples[kind.ordinal()] = sentence;
  }

  void add(StepInterval other) {
    latency.add(other.latency);
    serviceTime.add(other.serviceTime);
    firstByte.add(other.firstByte);
    errorLatency.add(other.errorLatency);
    streamFirst.add(other.streamFirst);
    streamBetween.add(other.streamBetween);
    for (int i = 0; i < KINDS; i++) {
      errors[i] += other.errors[i];
      if (other.examples[i] != null) {
        examples[i] = other.examples[i];
      }
    }
    requests += other.requests;
    sent += other.sent;
    bytesSent += other.bytesSent;
    bytesReceived += other.bytesReceived;
    messagesSent += other.messagesSent;
    messagesReceived += other.messagesReceived;
  }

  void reset() {
    latency.reset();
    serviceTime.reset();
    firstByte.reset();
    errorLatency.reset();
    streamFirst.reset();
    streamBetween.reset();
    for (int i = 0; i < KINDS; i++) {
      errors[i] = 0;
      examples[i] = null;
    }
    requests = 0;
    sent = 0;
    bytesSent = 0;
    bytesReceived = 0;
    messagesSent = 0;
    messagesReceived = 0;
  }

  /** From the intended start to the end, in ns: answered requests and those that timed out. */
  public Histogram latency() {
    return latency.histogram();
  }

  /** From the actual send to the end, in ns, of the same requests as {@link #latency()}. */
  public Histogram serviceTime() {
    return serviceTime.histogram();
  }

  /** From the send to the first byte of the response, in ns, of requests that succeeded. */
  public Histogram firstByte() {
    return firstByte.histogram();
  }

  /** From the intended start to the failure, in ns, of all failures but dropped arrivals. */
  public Histogram errorLatency() {
    return errorLatency.histogram();
  }

  /** How many requests ended, well or not; dropped arrivals are none. */
  public long requests() {
    return requests;
  }

  /** How many requests went out, whether or not they have ended. */
  public long sent() {
    return sent;
  }

  /** How many failures of that kind there were. */
  public long errors(ErrorKind kind) {
    return errors[kind.ordinal()];
  }

  /** How many failures there were, dropped arrivals included. */
  public long errors() {
    long sum = 0;
    for (long some : errors) {
      sum += some;
    }
    return sum;
  }

  /** One sentence about a failure of that kind, given once in a run by each loop. */
  public @Nullable String example(ErrorKind kind) {
    return examples[kind.ordinal()];
  }

  /** Bytes of requests, without those of TLS. */
  public long bytesSent() {
    return bytesSent;
  }

  /** Bytes of responses, without those of TLS. */
  public long bytesReceived() {
    return bytesReceived;
  }

  /** From the send of a request to the first event or message of its stream, in ns. */
  public Histogram streamFirst() {
    return streamFirst.histogram();
  }

  /** From one event or message of a stream to the next, in ns. */
  public Histogram streamBetween() {
    return streamBetween.histogram();
  }

  /** Messages that were sent on WebSockets or in streams. */
  public long messagesSent() {
    return messagesSent;
  }

  /** Messages and events that came, awaited or not. */
  public long messagesReceived() {
    return messagesReceived;
  }
}
