package dev.assay.smpp.text;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Divides texts into parts of the 140 octets that a short message has (3GPP TS 23.040, section
 * 9.2.3.24.1), as few as possible, and never within a character: not between the halves of a
 * surrogate pair, nor between an escape and what it escapes. Immutable.
 *
 * @param encoding the encoding, or null for the GSM alphabet where it has all characters and UCS-2
 *     where not
 * @param join how the parts find each other
 * @param reference what the parts share, 0 to 255 or 65535 by the kind of join
 * @param languages whose tables may be used; where the default ones have not all characters, those
 *     that take the fewest parts are
 * @param smart whether characters that the alphabet lacks are replaced by others that say the same
 */
public record Segmenter(
    @Nullable Encoding encoding,
    Segments.Join join,
    int reference,
    List<Language> languages,
    boolean smart) {

  private static final int OCTETS = 140;
  private static final int MOST_PARTS = 255;
  private static final int PAYLOAD_MOST = 0xFFFF;
  private static final int CONCATENATION_8 = 6;

  /** Copies the list and checks the reference. */
  public Segmenter {
    languages = List.copyOf(languages);
    int most = join == Segments.Join.UDH8 ? 0xFF : 0xFFFF;
    if (reference < 0 || reference > most) {
      throw new IllegalArgumentException(
          "a reference of " + reference + " is not between 0 and " + most);
    }
  }

  /** One with the GSM alphabet or UCS-2, and no languages but the default. */
  public static Segmenter automatic(Segments.Join join, int reference) {
    return new Segmenter(null, join, reference, List.of(), false);
  }

  /**
   * Divides a text.
   *
   * @throws IllegalArgumentException where the encoding lacks a character, a surrogate is alone, or
   *     there are more than 255 parts
   */
  public Segments divide(String text) {
    refuseLoneSurrogates(text);
    List<SmartCharacters.Replacement> replaced = List.of();
    boolean mayBeGsm = encoding == null || encoding == Encoding.GSM7;
    if (mayBeGsm) {
      List<GsmAlphabet> alphabets = alphabets();
      String shown = text;
      Segments best = best(alphabets, shown, replaced);
      if (best == null && smart) {
        SmartCharacters.Result smarter = SmartCharacters.replace(text, alphabets.getFirst());
        best = best(alphabets, smarter.text(), smarter.replaced());
      }
      if (best != null) {
        return best;
      }
      if (encoding == Encoding.GSM7) {
        throw lacking(text, alphabets.getFirst());
      }
    }
    Encoding other = encoding == null ? Encoding.UCS2 : encoding;
    return divided(other, null, text, replaced);
  }

  private List<GsmAlphabet> alphabets() {
    List<GsmAlphabet> all = new ArrayList<>();
    all.add(GsmAlphabet.basic());
    for (Language single : languages) {
      if (single != Language.DEFAULT) {
        all.add(new GsmAlphabet(Language.DEFAULT, single));
      }
    }
    for (Language locking : languages) {
      if (locking.locks()) {
        all.add(new GsmAlphabet(locking, Language.DEFAULT));
        all.add(new GsmAlphabet(locking, locking));
      }
    }
    return all;
  }

  /** With the alphabet that takes the fewest parts, or null where none has all characters. */
  private @Nullable Segments best(
      List<GsmAlphabet> alphabets, String text, List<SmartCharacters.Replacement> replaced) {
    Segments best = null;
    for (GsmAlphabet alphabet : alphabets) {
      if (alphabet.septets(text) >= 0) {
        Segments divided = divided(Encoding.GSM7, alphabet, text, replaced);
        if (best == null || divided.parts().size() < best.parts().size()) {
          best = divided;
        }
      }
    }
    return best;
  }

  private Segments divided(
      Encoding used,
      @Nullable GsmAlphabet alphabet,
      String text,
      List<SmartCharacters.Replacement> replaced) {
    Language locking = alphabet == null ? Language.DEFAULT : alphabet.locking();
    Language single = alphabet == null ? Language.DEFAULT : alphabet.single();
    int languagesOnly = UserDataHeader.of(Optional.empty(), locking, single).octets();
    List<String> texts = cut(text, used, alphabet, room(used, languagesOnly));
    if (join == Segments.Join.PAYLOAD) {
      texts = List.of(text);
    } else if (texts.size() > 1) {
      texts = cut(text, used, alphabet, room(used, withPart(languagesOnly)));
    }
    if (texts.size() > MOST_PARTS) {
      throw new IllegalArgumentException(
          "the text takes " + texts.size() + " parts, but a message has at most " + MOST_PARTS);
    }
    List<Segment> parts = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      byte[] header = header(i + 1, texts.size(), locking, single);
      byte[] message = encode(texts.get(i), used, alphabet);
      int units = used == Encoding.UCS2 ? message.length / 2 : message.length;
      parts.add(new Segment(i + 1, texts.get(i), header, message, units));
    }
    if (join == Segments.Join.PAYLOAD && parts.getFirst().shortMessage().length > PAYLOAD_MOST) {
      throw new IllegalArgumentException(
          "the text is longer than the " + PAYLOAD_MOST + " bytes of message_payload");
    }
    return new Segments(used, join, reference, locking, single, parts, replaced);
  }

  private int withPart(int languagesOnly) {
    int bare = Math.max(1, languagesOnly);
    return switch (join) {
      case UDH8 -> bare + 5;
      case UDH16 -> bare + 6;
      // the message centre will need that much
      case SAR -> Math.max(bare + 5, CONCATENATION_8);
      case PAYLOAD -> languagesOnly;
    };
  }

  private byte[] header(int part, int total, Language locking, Language single) {
    boolean inHeader = join == Segments.Join.UDH8 || join == Segments.Join.UDH16;
    Optional<UserDataHeader.Part> of =
        total > 1 && inHeader
            ? Optional.of(
                new UserDataHeader.Part(
                    reference, join == Segments.Join.UDH16 ? 16 : 8, total, part))
            : Optional.empty();
    return UserDataHeader.of(of, locking, single).encode();
  }

  /** How many units fit beside a header of so many octets. */
  private static int room(Encoding used, int headerOctets) {
    int octets = OCTETS - headerOctets;
    return used == Encoding.GSM7 ? octets * 8 / 7 : octets;
  }

  private static List<String> cut(
      String text, Encoding used, @Nullable GsmAlphabet alphabet, int room) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int taken = 0;
    for (int i = 0; i < text.length(); ) {
      int length = Character.charCount(text.codePointAt(i));
      int units =
          switch (used) {
            case GSM7 -> alphabet == null ? 1 : alphabet.septets(text.charAt(i));
            case UCS2 -> 2 * length;
            default -> 1;
          };
      if (taken + units > room) {
        parts.add(text.substring(start, i));
        start = i;
        taken = 0;
      }
      taken += units;
      i += length;
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static byte[] encode(String text, Encoding used, @Nullable GsmAlphabet alphabet) {
    if (alphabet != null) {
      byte[] septets = new byte[text.length() * 2];
      int count = alphabet.encode(text, septets);
      return Arrays.copyOf(septets, count);
    }
    Charset charset = used.charset();
    if (charset == null) {
      throw new IllegalArgumentException(used.wireName() + " is no encoding of texts");
    }
    byte[] bytes = text.getBytes(charset);
    if (used != Encoding.UCS2 && !new String(bytes, charset).equals(text)) {
      throw new IllegalArgumentException(
          "the text has characters that " + used.wireName() + " lacks; use ucs2");
    }
    return bytes;
  }

  private static void refuseLoneSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      int point = text.codePointAt(i);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        throw new IllegalArgumentException("the surrogate at index " + i + " is alone");
      }
      i += Character.charCount(point) - 1;
    }
  }

  private static IllegalArgumentException lacking(String text, GsmAlphabet alphabet) {
    StringBuilder lacks = new StringBuilder();
    text.codePoints()
        .filter(point -> point > 0xFFFF || alphabet.septets((char) point) == 0)
        .distinct()
        .limit(10)
        .forEach(point -> lacks.append(' ').append(Character.toString(point)));
    return new IllegalArgumentException(
        "the GSM alphabet lacks" + lacks + "; leave the encoding out, or use ucs2");
  }
}
