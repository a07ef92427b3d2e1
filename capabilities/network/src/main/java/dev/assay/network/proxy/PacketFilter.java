package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A filter of the kernel before a socket of Linux (socket(7), SO_ATTACH_FILTER): which packets it
 * ever sees. Needs no privilege.
 */
final class PacketFilter {

  private static final int SOL_SOCKET = 1;
  private static final int SO_ATTACH_FILTER = 26;
  private static final int SO_DETACH_FILTER = 27;
  private static final int INSTRUCTION = 8;
  private static final int HEAD = 16;

  /** One instruction of the classic packet filter (linux/filter.h). */
  record Instruction(int code, int ifTrue, int ifFalse, int value) {}

  /** BPF_RET | BPF_K with 0: drop. */
  private static final Instruction DROP = new Instruction(0x06, 0, 0, 0);

  private PacketFilter() {}

  /** Drops every packet to a socket. */
  static boolean dropEverything(Socket socket) {
    return attach(socket, DROP);
  }

  /** Takes the filter away. */
  static boolean remove(Socket socket) {
    try {
      socket.setIntOpt(SOL_SOCKET, SO_DETACH_FILTER, 0);
      return true;
    } catch (IOException impossible) {
      return false;
    }
  }

  /**
   * Lets a program decide on each packet to a socket.
   *
   * @return whether the machine can do that
   */
  static boolean attach(Socket socket, Instruction... program) {
    ByteBuf memory =
        UnpooledByteBufAllocator.DEFAULT.directBuffer(HEAD + INSTRUCTION * program.length);
    try {
      ByteBuffer code = memory.nioBuffer(HEAD, INSTRUCTION * program.length);
      code.order(ByteOrder.nativeOrder());
      for (Instruction each : program) {
        code.putShort((short) each.code());
        code.put((byte) each.ifTrue());
        code.put((byte) each.ifFalse());
        code.putInt(each.value());
      }
      // struct sock_fprog: the length, and where the instructions are.
      ByteBuffer head = ByteBuffer.allocateDirect(HEAD).order(ByteOrder.nativeOrder());
      head.putShort(0, (short) program.length);
      head.putLong(8, memory.memoryAddress() + HEAD);
      socket.setRawOpt(SOL_SOCKET, SO_ATTACH_FILTER, head);
      return true;
    } catch (IOException impossible) {
      return false;
    } finally {
      memory.release();
    }
  }
}
