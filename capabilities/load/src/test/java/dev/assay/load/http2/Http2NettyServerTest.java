package dev.assay.load.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The session against a server that others wrote. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class Http2NettyServerTest {

  @Test
  void manyRequestsOnOneConnectionAreAnswered() throws Exception {
    try (Http2Server server = Http2Server.start();
        Client client = new Client(server.port(), 100)) {
      for (int round = 0; round < 50; round++) {
        int many = Math.min(100, client.session.free());
        assertThat(many).isPositive();
        client.exchange(many, Conversation.get("/echo?" + round), new byte[0], new byte[0]);
      }
      assertThat(client.answers)
          .hasSizeGreaterThan(100)
          .allMatch(one -> one.equals("200 0 x-end=yes"));
    }
  }

  @Test
  void bodiesLargerThanEveryWindowGoThereAndBack() throws Exception {
    try (Http2Server server = Http2Server.start();
        Client client = new Client(server.port(), 100)) {
      byte[] body = new byte[5_000_000];
      client.exchange(4, Conversation.request("POST", "/echo"), body, new byte[10]);
      assertThat(client.answers).hasSize(4).allMatch(one -> one.equals("200 5000010 x-end=yes"));
    }
  }

  @Test
  void aLargeHeaderSectionArrives() throws Exception {
    try (Http2Server server = Http2Server.start();
        Client client = new Client(server.port(), 100)) {
      client.exchange(1, Conversation.get("/size/" + "a".repeat(40_000)), new byte[0], new byte[0]);
      assertThat(client.answers).containsExactly("200 40006 x-end=yes");
    }
  }

  /** Drives a session over a socket that blocks. */
  private static final class Client implements Http2Session.Owner, AutoCloseable {

    private final Socket socket = new Socket();
    private final Http2Session session;
    private final List<String> answers = new ArrayList<>();
    private final byte[] buffer = new byte[10_000];

    Client(int port, int streams) throws IOException {
      session = new Http2Session(this, streams);
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      session.begin();
      while (session.free() == 0) {
        turn();
      }
    }

    void exchange(int many, Http2Request request, byte[] one, byte[] two) throws IOException {
      int expected = answers.size() + many;
      boolean empty = one.length + two.length == 0;
      for (int i = 0; i < many; i++) {
        long length = empty ? -1 : one.length + two.length;
        Http2Stream stream =
            session.open(request, Http2Request.Slots.NONE, length, empty, new Answer());
        if (!empty) {
          session.send(stream, one, 0, one.length, false, true);
          session.send(stream, two, 0, two.length, true, false);
        }
      }
      while (answers.size() < expected) {
        turn();
      }
    }

    private void turn() throws IOException {
      while (session.output().size() > 0) {
        socket.getOutputStream().write(session.output().bytes(), 0, session.output().size());
        session.output().clear();
        session.sent();
      }
      InputStream in = socket.getInputStream();
      int many = in.read(buffer);
      assertThat(many).as("bytes from the server").isPositive();
      session.receive(buffer, 0, many);
    }

    @Override
    public void ready() {}

    @Override
    public void limited() {}

    @Override
    public void goingAway(int errorCode) {
      throw new AssertionError("going away: " + ErrorCode.name(errorCode));
    }

    @Override
    public void broken(Http2Fault why) {
      throw new AssertionError(why.sentence());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }

    private final class Answer implements Http2Exchange {
      private int status;
      private long size;
      private String trailers = "";

      @Override
      public void status(int number) {
        status = number;
      }

      @Override
      public void data(byte[] bytes, int from, int to) {
        size += to - from;
      }

      @Override
      public void trailer(HeaderField field) {
        trailers += " " + field.nameText() + "=" + field.valueText();
      }

      @Override
      public void ended() {
        answers.add(status + " " + size + trailers);
      }

      @Override
      public void failed(Failure why, int errorCode) {
        answers.add("failed " + why + " " + ErrorCode.name(errorCode));
      }
    }
  }
}
