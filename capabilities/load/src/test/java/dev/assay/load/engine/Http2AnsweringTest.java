package dev.assay.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.load.http2.Http2Exchange;
import dev.assay.load.http2.Http2Fault;
import dev.assay.load.http2.Http2Request;
import dev.assay.load.http2.Http2Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server that an HTTP/2 load rehearses with really answers. */
final class Http2AnsweringTest implements Http2Session.Owner {

  private final List<String> told = new ArrayList<>();
  private final Http2Session session = new Http2Session(this, 10);

  @Test
  void answersRequestsWithAndWithoutBodies() {
    EmbeddedChannel server = new EmbeddedChannel(new Http2Answering());
    session.begin();
    carry(server);
    assertThat(session.free()).isEqualTo(10);
    Http2Request request =
        Http2Request.builder(
                "POST",
                "http",
                List.of(Http2Request.Part.of("x")),
                List.of(Http2Request.Part.of("/")))
            .build();
    session.open(request, Http2Request.Slots.NONE, 0, true, new Told());
    byte[] body = new byte[300_000];
    var stream = session.open(request, Http2Request.Slots.NONE, body.length, false, new Told());
    session.send(stream, body, 0, body.length, true, true);
    carry(server);
    assertThat(told)
        .containsExactly("200", "{\"id\": 123}", "ended", "200", "{\"id\": 123}", "ended");
    server.finishAndReleaseAll();
  }

  private void carry(EmbeddedChannel server) {
    while (session.output().size() > 0) {
      server.writeInbound(
          Unpooled.copiedBuffer(session.output().bytes(), 0, session.output().size()));
      session.output().clear();
      session.sent();
      for (ByteBuf out = server.readOutbound(); out != null; out = server.readOutbound()) {
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes).release();
        session.receive(bytes, 0, bytes.length);
      }
    }
  }

  @Override
  public void ready() {}

  @Override
  public void limited() {}

  @Override
  public void goingAway(int errorCode) {
    told.add("away");
  }

  @Override
  public void broken(Http2Fault why) {
    told.add(why.sentence());
  }

  private final class Told implements Http2Exchange {
    @Override
    public void status(int status) {
      told.add(Integer.toString(status));
    }

    @Override
    public void data(byte[] bytes, int from, int to) {
      told.add(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
    }

    @Override
    public void ended() {
      told.add("ended");
    }

    @Override
    public void failed(Failure why, int errorCode) {
      told.add("failed " + why);
    }
  }
}
