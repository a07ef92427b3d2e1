import com.cloudhopper.commons.charset.CharsetUtil;
import dev.assay.smpp.text.GsmAlphabet;
import dev.assay.smpp.text.Septets;
import java.util.Random;

/** How fast texts become septets, and octets over the air, beside ch-commons-charset. */
public final class EncodeSpeed {

  private static final int TEXTS = 256;
  private static final int TIMES = 10_000;
  private static final int ROUNDS = 60;
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789.,!?@£$èéùì";

  private final byte[] septets = new byte[400];
  private final byte[] octets = new byte[400];
  private long sink;

  private interface Work {
    int encode(String text);
  }

  public static void main(String[] arguments) {
    EncodeSpeed speed = new EncodeSpeed();
    String[] texts = texts(new Random(7));
    GsmAlphabet alphabet = GsmAlphabet.basic();
    double assay = speed.best(texts, text -> alphabet.encode(text, speed.septets));
    double peer = speed.best(texts, text -> CharsetUtil.encode(text, CharsetUtil.CHARSET_GSM).length);
    double packed =
        speed.best(
            texts,
            text -> {
              int count = alphabet.encode(text, speed.septets);
              Septets.pack(speed.septets, 0, count, 0, speed.octets);
              return count;
            });
    double peerPacked =
        speed.best(
            texts,
            text -> {
              CharsetUtil.encode(text, CharsetUtil.CHARSET_PACKED_GSM);
              return text.length();
            });
    System.out.printf("septets  assay %,.0f MB/s  ch %,.0f MB/s  ratio %.1f%n", assay, peer, assay / peer);
    System.out.printf(
        "packed   assay %,.0f MB/s  ch %,.0f MB/s  ratio %.1f%n", packed, peerPacked, packed / peerPacked);
  }

  private static String[] texts(Random random) {
    String[] texts = new String[TEXTS];
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = 0; k < 160; k++) {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      texts[i] = text.toString();
    }
    return texts;
  }

  /** Megabytes of septets a second, the best of the rounds: the others were disturbed. */
  private double best(String[] texts, Work work) {
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long bytes = 0;
      long start = System.nanoTime();
      for (int i = 0; i < TIMES; i++) {
        bytes += work.encode(texts[i % TEXTS]);
        sink += septets[0] + octets[0];
      }
      best = Math.max(best, bytes * 1e3 / (System.nanoTime() - start));
    }
    return best;
  }
}
