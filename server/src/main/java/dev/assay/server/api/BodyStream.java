package dev.assay.server.api;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A request's body that is made of something else, once it is read first. For one reader. */
final class BodyStream extends ServletInputStream {

  private final Opening opening;
  private @Nullable InputStream in;
  private boolean finished;

  /** Makes what is read. */
  @FunctionalInterface
  interface Opening {
    InputStream open() throws IOException;
  }

  BodyStream(Opening opening) {
    this.opening = opening;
  }

  private InputStream in() throws IOException {
    InputStream made = in;
    if (made == null) {
      made = opening.open();
      in = made;
    }
    return made;
  }

  @Override
  public int read() throws IOException {
    int one = in().read();
    finished |= one < 0;
    return one;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = in().read(into, from, length);
    finished |= count < 0;
    return count;
  }

  @Override
  public boolean isFinished() {
    return finished;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setReadListener(ReadListener listener) {
    throw new IllegalStateException("nobody reads this asynchronously");
  }
}
