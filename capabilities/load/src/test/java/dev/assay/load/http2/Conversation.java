package dev.assay.load.http2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A session whose server is a script of bytes, and all that it told. */
final class Conversation implements Http2Session.Owner {

  static final Http2Request GET = get("/");

  final List<String> told = new ArrayList<>();
  final Http2Session session;

  Conversation() {
    this(100);
  }

  Conversation(int streams) {
    session = new Http2Session(this, streams);
    session.begin();
    sent();
  }

  /** One that is ready, with so many GETs under way on the streams 1, 3, 5... */
  static Conversation with(int requests) {
    Conversation made = new Conversation();
    made.hears(Wire.greeting());
    for (int i = 0; i < requests; i++) {
      made.get();
    }
    made.sent();
    made.told.clear();
    return made;
  }

  static Http2Request get(String path) {
    return request("GET", path);
  }

  static Http2Request request(String method, String path) {
    return Http2Request.builder(
            method, "http", List.of(Http2Request.Part.of("x")), List.of(Http2Request.Part.of(path)))
        .build();
  }

  Http2Stream get() {
    return open(GET, true);
  }

  Http2Stream post() {
    return open(request("POST", "/"), false);
  }

  Http2Stream open(Http2Request request, boolean end) {
    Recorder recorder = new Recorder();
    Http2Stream stream = session.open(request, Http2Request.Slots.NONE, -1, end, recorder);
    recorder.id = stream.id();
    return stream;
  }

  Conversation hears(Wire wire) {
    byte[] bytes = wire.bytes();
    session.receive(bytes, 0, bytes.length);
    return this;
  }

  /**
   * The frames that were to be sent, as {@code type/flags/stream[length] hex}; then clears them.
   */
  List<String> sent() {
    byte[] bytes = Arrays.copyOf(session.output().bytes(), session.output().size());
    session.output().clear();
    session.sent();
    List<String> frames = new ArrayList<>();
    int at = new String(bytes, StandardCharsets.ISO_8859_1).startsWith("PRI *") ? 24 : 0;
    while (at < bytes.length) {
      int length = (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
      byte[] payload = Arrays.copyOfRange(bytes, at + 9, at + 9 + length);
      String shown =
          length <= 16 ? java.util.HexFormat.of().formatHex(payload) : "[" + length + "]";
      frames.add(
          bytes[at + 3] + "/" + bytes[at + 4] + "/" + Frame.int31(bytes, at + 5) + " " + shown);
      at += 9 + length;
    }
    return frames;
  }

  @Override
  public void ready() {
    told.add("ready");
  }

  @Override
  public void limited() {}

  @Override
  public void goingAway(int errorCode) {
    told.add("going away " + ErrorCode.name(errorCode));
  }

  @Override
  public void broken(Http2Fault why) {
    told.add("broken " + why);
  }

  /** Joins data, so that splits do not show. */
  private final class Recorder implements Http2Exchange {

    private int id;

    private void add(String what) {
      told.add(id + " " + what);
    }

    @Override
    public void status(int status) {
      add("status " + status);
    }

    @Override
    public void header(HeaderField field) {
      add("header " + field);
    }

    @Override
    public void headersEnd() {
      add("body ");
    }

    @Override
    public void data(byte[] bytes, int from, int to) {
      String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
      String last = told.getLast();
      if (last.startsWith(id + " body ")) {
        told.set(told.size() - 1, last + text);
      } else {
        add("body " + text);
      }
    }

    @Override
    public void trailer(HeaderField field) {
      add("trailer " + field);
    }

    @Override
    public void drained() {
      add("drained");
    }

    @Override
    public void ended() {
      add("ended");
    }

    @Override
    public void failed(Failure why, int errorCode) {
      add("failed " + why + (errorCode == 0 ? "" : " " + ErrorCode.name(errorCode)));
    }
  }
}
