package dev.assay.gateway.schedule;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.assay.api.problem.Nearest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Time zones by name, and those in which the owner of a number may be. */
public final class Zones {

  private Zones() {}

  /**
   * The zone of that name.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static ZoneId named(String name) {
    try {
      return ZoneId.of(name.strip());
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no time zone: "
              + Nearest.to(name.strip(), ZoneId.getAvailableZoneIds())
                  .map(near -> "did you mean '" + near + "'?")
                  .orElse("they look like Europe/Berlin, UTC and +02:00"),
          wrong);
    }
  }

  /**
   * The zones in which the owner of a number is, as far as its digits tell: of a mobile number
   * often all of its country's. Empty where they tell nothing.
   *
   * @param number in international form, with or without the plus
   */
  public static List<ZoneId> ofNumber(String number) {
    String digits = number.strip();
    if (!digits.matches("\\+?[0-9 ()./-]{4,30}")) {
      return List.of();
    }
    List<String> names;
    try {
      names =
          PhoneNumberToTimeZonesMapper.getInstance()
              .getTimeZonesForGeographicalNumber( // by prefix; numbers need not be valid
                  PhoneNumberUtil.getInstance()
                      .parse(digits.startsWith("+") ? digits : "+" + digits, null));
    } catch (NumberParseException noNumber) {
      return List.of();
    }
    List<ZoneId> zones = new ArrayList<>();
    for (String name : names) {
      if (ZoneId.getAvailableZoneIds().contains(name)) {
        zones.add(ZoneId.of(name));
      }
    }
    return zones;
  }
}
