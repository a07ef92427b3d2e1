package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server with an owner, kim, who is logged in, and the project "shop". */
final class FurnishedServer implements AutoCloseable {

  static final String PASSWORD = "correct horse battery";

  private static final Pattern LINK = Pattern.compile("/join/[0-9a-f]{64}");

  final RunningServer server;
  final Visitor owner;

  FurnishedServer(Path folder) {
    this(new ServerOptions(folder, InetAddress.getLoopbackAddress(), 0, null, null));
  }

  private FurnishedServer(RunningServer server) {
    this.server = server;
    this.owner = new Visitor(server.local());
  }

  /** One that was furnished before; kim logs in. */
  static FurnishedServer again(ServerOptions options) {
    FurnishedServer again = new FurnishedServer(RunningServer.start(options));
    login(again.owner, "kim", PASSWORD);
    return again;
  }

  FurnishedServer(ServerOptions options) {
    server = RunningServer.start(options);
    owner = new Visitor(server.local());
    String set = server.setUpLink();
    assertThat(set).isNotNull();
    String link = set.substring(server.address().length());
    owner.post(link, link, Map.of("username", "kim", "password", PASSWORD));
    login(owner, "kim", PASSWORD);
    owner.post("/", "/projects/new", Map.of("name", "shop", "title", "The shop"));
  }

  /** Somebody who is not known. */
  Visitor visitor() {
    return new Visitor(server.local());
  }

  static HttpResponse<String> login(Visitor visitor, String name, String password) {
    return visitor.post("/login", "/login", Map.of("username", name, "password", password));
  }

  /** A member who came by a link with a role in the project, and is logged in. */
  Visitor member(String name, String role) {
    Visitor visitor = visitor();
    join(
        visitor,
        link(
            owner.post(
                "/projects/shop/members", "/projects/shop/invitations", Map.of("role", role))),
        name);
    login(visitor, name, PASSWORD);
    return visitor;
  }

  static String link(HttpResponse<String> page) {
    Matcher link = LINK.matcher(page.body());
    assertThat(link.find()).as(page.body()).isTrue();
    return link.group();
  }

  static HttpResponse<String> join(Visitor visitor, String link, String name) {
    return visitor.post(link, link, Map.of("username", name, "password", PASSWORD));
  }

  @Override
  public void close() {
    owner.close();
    server.close();
  }
}
