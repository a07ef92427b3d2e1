package dev.assay.smpp.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** PDUs of a seed: every command, every field, any optional parameters. */
public final class RandomPdu {

  private final SplittableRandom random;

  public RandomPdu(long seed) {
    random = new SplittableRandom(seed);
  }

  public Pdu next() {
    Command[] all = Command.values();
    return next(all[random.nextInt(all.length)]);
  }

  public Pdu next(Command command) {
    if (command.response() && random.nextInt(4) == 0) {
      return Pdu.header(command, random.nextInt(256), random.nextInt());
    }
    Pdu.Builder builder = Pdu.of(command).status(random.nextInt(300)).sequence(random.nextInt());
    for (Field field : command.fields()) {
      switch (field.kind()) {
        case BYTE -> builder.set(field, random.nextInt(256));
        case TEXT -> builder.set(field, text(field.longest()));
        case OCTETS -> builder.set(field, bytes(random.nextInt(256)));
        case DESTINATIONS -> builder.destinations(destinations());
        case FAILURES -> builder.failures(failures());
      }
    }
    if (command.extensible()) {
      int tlvs = random.nextInt(4);
      for (int i = 0; i < tlvs; i++) {
        int tag =
            random.nextBoolean()
                ? random.nextInt(0x10000)
                : Tag.values()[random.nextInt(Tag.values().length)].code();
        builder.add(new Tlv(tag, bytes(random.nextInt(20) == 0 ? 65535 : random.nextInt(40))));
      }
    }
    return builder.build();
  }

  private List<Destination> destinations() {
    List<Destination> all = new ArrayList<>();
    int count = random.nextInt(256);
    for (int i = 0; i < count; i++) {
      all.add(
          random.nextBoolean()
              ? new Destination.Address(random.nextInt(256), random.nextInt(256), text(21))
              : new Destination.DistributionList(text(21)));
    }
    return all;
  }

  private List<Failure> failures() {
    List<Failure> all = new ArrayList<>();
    int count = random.nextInt(256);
    for (int i = 0; i < count; i++) {
      all.add(new Failure(random.nextInt(256), random.nextInt(256), text(21), random.nextInt()));
    }
    return all;
  }

  private String text(int longest) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(longest);
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt(1, 256));
    }
    return text.toString();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
