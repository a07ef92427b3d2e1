package dev.assay.network.packet;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * A TUN device (Documentation/networking/tuntap.rst): IP packets that the kernel sends to it are
 * read, and what is written comes out of it. It is gone when it is closed or the process ends, also
 * when it has been moved to another namespace. Owned by one thread.
 */
final class TunDevice {

  private static final long TUNSETIFF = 0x400454caL;
  private static final short IFF_TUN = 0x0001;
  private static final short IFF_NO_PI = 0x1000;
  private static final int REQUEST = 40;
  private static final int NAME = 16;

  private final Libc libc;
  private final int file;

  private TunDevice(Libc libc, int file) {
    this.libc = libc;
    this.file = file;
  }

  /**
   * Makes one in this process's namespace.
   *
   * @param name at most 15 characters
   * @throws IOException with the error's number, if the kernel does not
   */
  static TunDevice make(Libc libc, String name) throws IOException {
    int file = libc.open("/dev/net/tun");
    if (file < 0) {
      throw new IOException("/dev/net/tun cannot be opened (error " + libc.errno() + ")");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(REQUEST);
      byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
      MemorySegment.copy(
          bytes, 0, request, ValueLayout.JAVA_BYTE, 0, Math.min(bytes.length, NAME - 1));
      request.set(ValueLayout.JAVA_SHORT, NAME, (short) (IFF_TUN | IFF_NO_PI));
      if (libc.ioctl(file, TUNSETIFF, request) < 0) {
        int error = libc.errno();
        libc.close(file);
        throw new IOException("the device " + name + " cannot be made (error " + error + ")");
      }
    }
    return new TunDevice(libc, file);
  }

  int file() {
    return file;
  }

  /** Reads a packet; its length, or -1 where there is none. */
  int read(MemorySegment into) {
    return (int) libc.read(file, into, into.byteSize());
  }

  /** Writes a packet; whether the kernel took it. */
  boolean write(MemorySegment from, int length) {
    return libc.write(file, from, length) == length;
  }

  void close() {
    libc.close(file);
  }
}
