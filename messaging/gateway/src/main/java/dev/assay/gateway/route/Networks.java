package dev.assay.gateway.route;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToCarrierMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Locale;

/**
 * Networks of mobile numbers, by libphonenumber: the one that the number's range was given to. A
 * number that was taken along to another network is still counted to the first, and in some
 * countries ranges are not told apart; who needs more asks a provider for a look-up. Immutable.
 */
final class Networks {

  private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
  private final PhoneNumberToCarrierMapper ranges = PhoneNumberToCarrierMapper.getInstance();

  /**
   * The network of a number, as libphonenumber writes it in English.
   *
   * @param digits in international form, without a plus
   * @return empty where it is no mobile number, or nobody knows
   */
  String of(String digits) {
    try {
      return ranges.getNameForNumber(numbers.parse("+" + digits, null), Locale.ENGLISH);
    } catch (NumberParseException none) {
      return "";
    }
  }
}
