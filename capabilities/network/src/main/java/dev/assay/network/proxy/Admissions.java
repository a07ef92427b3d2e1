package dev.assay.network.proxy;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.network.NetworkProblems;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The listening socket of a proxy, and what it does with those who knock. Thread-safe. */
final class Admissions implements AutoCloseable {

  private final Transport transport;
  private final EventLoop loop;
  private final ListeningSocket.Knocker knocker;
  private InetSocketAddress address;
  private @Nullable ListeningSocket socket;
  private boolean ignoring;
  private boolean closed;

  Admissions(
      Transport transport,
      EventLoop loop,
      InetSocketAddress address,
      ListeningSocket.Knocker knocker) {
    this.transport = transport;
    this.loop = loop;
    this.address = address;
    this.knocker = knocker;
  }

  synchronized InetSocketAddress address() {
    return address;
  }

  synchronized void open() {
    if (socket != null || closed) {
      return;
    }
    try {
      ListeningSocket opened = transport.listening(loop, address, knocker);
      socket = opened;
      address = opened.address();
    } catch (IOException impossible) {
      throw notPossible(address, impossible);
    }
  }

  /** Says that an address cannot be listened on. */
  static ProblemException notPossible(InetSocketAddress address, @Nullable Throwable cause) {
    String text = address.getHostString() + ":" + address.getPort();
    return NetworkProblems.CANNOT_LISTEN.failure(
        Where.named(text),
        "a proxy cannot listen on " + text + ": " + (cause == null ? "?" : cause.getMessage()),
        "choose another port, or stop what listens there");
  }

  synchronized void become(ProxyFaults.Admission admission) {
    if (closed) {
      return;
    }
    if (admission == ProxyFaults.Admission.REFUSE) {
      shut();
      return;
    }
    open();
    boolean ignore = admission == ProxyFaults.Admission.IGNORE;
    ListeningSocket listening = socket;
    if (listening != null && ignore != ignoring) {
      ignoring = ignore;
      listening.ignore(ignore);
    }
  }

  private void shut() {
    ListeningSocket listening = socket;
    socket = null;
    ignoring = false;
    if (listening != null) {
      listening.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    shut();
  }
}
