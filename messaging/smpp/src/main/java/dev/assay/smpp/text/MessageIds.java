package dev.assay.smpp.text;

import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Ids of messages as message centres write them: some answer a submit with hexadecimal digits and
 * write decimal ones into the receipt, or the other way round, and some pad with zeros.
 */
public final class MessageIds {

  private static final int LONGEST_NUMBER = 20;

  private MessageIds() {}

  /**
   * Every way in which an id may come back, itself first: as it is, without zeros before it, and,
   * where it is a number, in the other base.
   */
  public static Set<String> forms(String id) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(id);
    String bare = bare(id);
    forms.add(bare);
    if (!bare.isEmpty() && bare.length() <= LONGEST_NUMBER) {
      if (digits(bare, 10)) {
        forms.add(new BigInteger(bare).toString(16));
      }
      if (digits(bare, 16)) {
        forms.add(new BigInteger(bare, 16).toString());
      }
    }
    return forms;
  }

  /** Whether two ids may be the same message's. */
  public static boolean same(String left, String right) {
    String bare = bare(right);
    return left.equals(right) || forms(left).contains(bare);
  }

  private static String bare(String id) {
    String lower = id.strip().toLowerCase(Locale.ROOT);
    int at = lower.startsWith("0x") ? 2 : 0;
    while (at < lower.length() - 1 && lower.charAt(at) == '0') {
      at++;
    }
    return lower.substring(at);
  }

  private static boolean digits(String text, int radix) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128 || Character.digit(c, radix) < 0) {
        return false;
      }
    }
    return true;
  }
}
