package dev.assay.server.ingest;

import dev.assay.server.Refusal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;

/** A body of which no more is read than it may have. For one reader. */
final class BoundedStream extends FilterInputStream {

  private final long most;
  private long left;

  BoundedStream(InputStream in, long most) {
    super(in);
    this.most = most;
    this.left = most;
  }

  private int counted(int read) {
    left -= Math.max(0, read);
    if (left < 0) {
      throw new Refusal(
          HttpStatus.CONTENT_TOO_LARGE,
          "what came is longer than " + (most >> 20) + " MiB",
          "send it in several requests, and reports only");
    }
    return read;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    return counted(one < 0 ? 0 : 1) == 0 ? -1 : one;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    return counted(super.read(into, from, length));
  }
}
