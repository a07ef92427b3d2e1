package dev.assay.smpp.codec;

import java.util.Locale;
import java.util.Map;

/**
 * The values of command_status (SMPP 5.0, section 4.7.6), without the ESME_ that all begin with.
 */
public final class Status {

  /** No error. */
  public static final int ROK = 0x00;

  /** Message length is invalid. */
  public static final int RINVMSGLEN = 0x01;

  /** Command length is invalid. */
  public static final int RINVCMDLEN = 0x02;

  /** Invalid command id. */
  public static final int RINVCMDID = 0x03;

  /** Incorrect bind status for the command. */
  public static final int RINVBNDSTS = 0x04;

  /** Already bound. */
  public static final int RALYBND = 0x05;

  /** Invalid priority flag. */
  public static final int RINVPRTFLG = 0x06;

  /** Invalid registered delivery flag. */
  public static final int RINVREGDLVFLG = 0x07;

  /** System error. */
  public static final int RSYSERR = 0x08;

  /** Invalid source address. */
  public static final int RINVSRCADR = 0x0A;

  /** Invalid destination address. */
  public static final int RINVDSTADR = 0x0B;

  /** Message id is invalid. */
  public static final int RINVMSGID = 0x0C;

  /** Bind failed. */
  public static final int RBINDFAIL = 0x0D;

  /** Invalid password. */
  public static final int RINVPASWD = 0x0E;

  /** Invalid system id. */
  public static final int RINVSYSID = 0x0F;

  /** cancel_sm failed. */
  public static final int RCANCELFAIL = 0x11;

  /** replace_sm failed. */
  public static final int RREPLACEFAIL = 0x13;

  /** Message queue full. */
  public static final int RMSGQFUL = 0x14;

  /** Invalid service type. */
  public static final int RINVSERTYP = 0x15;

  /** Invalid number of destinations. */
  public static final int RINVNUMDESTS = 0x33;

  /** Invalid distribution list name. */
  public static final int RINVDLNAME = 0x34;

  /** Invalid destination flag. */
  public static final int RINVDESTFLAG = 0x40;

  /** Submit with replace is not supported. */
  public static final int RINVSUBREP = 0x42;

  /** Invalid esm_class. */
  public static final int RINVESMCLASS = 0x43;

  /** Cannot submit to the distribution list. */
  public static final int RCNTSUBDL = 0x44;

  /** submit_sm or submit_multi failed. */
  public static final int RSUBMITFAIL = 0x45;

  /** Invalid source type of number. */
  public static final int RINVSRCTON = 0x48;

  /** Invalid source numbering plan. */
  public static final int RINVSRCNPI = 0x49;

  /** Invalid destination type of number. */
  public static final int RINVDSTTON = 0x50;

  /** Invalid destination numbering plan. */
  public static final int RINVDSTNPI = 0x51;

  /** Invalid system type. */
  public static final int RINVSYSTYP = 0x53;

  /** Invalid replace_if_present flag. */
  public static final int RINVREPFLAG = 0x54;

  /** Invalid number of messages. */
  public static final int RINVNUMMSGS = 0x55;

  /** Throttled. */
  public static final int RTHROTTLED = 0x58;

  /** Invalid scheduled delivery time. */
  public static final int RINVSCHED = 0x61;

  /** Invalid validity period. */
  public static final int RINVEXPIRY = 0x62;

  /** Predefined message is invalid or not found. */
  public static final int RINVDFTMSGID = 0x63;

  /** Temporary receiver error. */
  public static final int RX_T_APPN = 0x64;

  /** Permanent receiver error. */
  public static final int RX_P_APPN = 0x65;

  /** Receiver rejects the message. */
  public static final int RX_R_APPN = 0x66;

  /** query_sm failed. */
  public static final int RQUERYFAIL = 0x67;

  /** Error in the optional part of the PDU. */
  public static final int RINVTLVSTREAM = 0xC0;

  /** Optional parameter not allowed. */
  public static final int RTLVNOTALLWD = 0xC1;

  /** Invalid parameter length. */
  public static final int RINVTLVLEN = 0xC2;

  /** Expected optional parameter is missing. */
  public static final int RMISSINGTLV = 0xC3;

  /** Invalid value of an optional parameter. */
  public static final int RINVTLVVAL = 0xC4;

  /** Delivery failure. */
  public static final int RDELIVERYFAILURE = 0xFE;

  /** Unknown error. */
  public static final int RUNKNOWNERR = 0xFF;

  /** Not authorised for the service type. */
  public static final int RSERTYPUNAUTH = 0x100;

  /** Prohibited. */
  public static final int RPROHIBITED = 0x101;

  /** Service type is unavailable. */
  public static final int RSERTYPUNAVAIL = 0x102;

  /** Service type is denied. */
  public static final int RSERTYPDENIED = 0x103;

  /** Invalid data coding. */
  public static final int RINVDCS = 0x104;

  /** Invalid source address subunit. */
  public static final int RINVSRCADDRSUBUNIT = 0x105;

  /** Invalid destination address subunit. */
  public static final int RINVDSTADDRSUBUNIT = 0x106;

  /** Invalid broadcast frequency interval. */
  public static final int RINVBCASTFREQINT = 0x107;

  /** Invalid broadcast alias name. */
  public static final int RINVBCASTALIAS_NAME = 0x108;

  /** Invalid broadcast area format. */
  public static final int RINVBCASTAREAFMT = 0x109;

  /** Invalid number of broadcast areas. */
  public static final int RINVNUMBCAST_AREAS = 0x10A;

  /** Invalid broadcast content type. */
  public static final int RINVBCASTCNTTYPE = 0x10B;

  /** Invalid broadcast message class. */
  public static final int RINVBCASTMSGCLASS = 0x10C;

  /** broadcast_sm failed. */
  public static final int RBCASTFAIL = 0x10D;

  /** query_broadcast_sm failed. */
  public static final int RBCASTQUERYFAIL = 0x10E;

  /** cancel_broadcast_sm failed. */
  public static final int RBCASTCANCELFAIL = 0x10F;

  /** Invalid number of repeated broadcasts. */
  public static final int RINVBCAST_REP = 0x110;

  /** Invalid broadcast service group. */
  public static final int RINVBCASTSRVGRP = 0x111;

  /** Invalid broadcast channel indicator. */
  public static final int RINVBCASTCHANIND = 0x112;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(ROK, "ROK"),
          Map.entry(RINVMSGLEN, "RINVMSGLEN"),
          Map.entry(RINVCMDLEN, "RINVCMDLEN"),
          Map.entry(RINVCMDID, "RINVCMDID"),
          Map.entry(RINVBNDSTS, "RINVBNDSTS"),
          Map.entry(RALYBND, "RALYBND"),
          Map.entry(RINVPRTFLG, "RINVPRTFLG"),
          Map.entry(RINVREGDLVFLG, "RINVREGDLVFLG"),
          Map.entry(RSYSERR, "RSYSERR"),
          Map.entry(RINVSRCADR, "RINVSRCADR"),
          Map.entry(RINVDSTADR, "RINVDSTADR"),
          Map.entry(RINVMSGID, "RINVMSGID"),
          Map.entry(RBINDFAIL, "RBINDFAIL"),
          Map.entry(RINVPASWD, "RINVPASWD"),
          Map.entry(RINVSYSID, "RINVSYSID"),
          Map.entry(RCANCELFAIL, "RCANCELFAIL"),
          Map.entry(RREPLACEFAIL, "RREPLACEFAIL"),
          Map.entry(RMSGQFUL, "RMSGQFUL"),
          Map.entry(RINVSERTYP, "RINVSERTYP"),
          Map.entry(RINVNUMDESTS, "RINVNUMDESTS"),
          Map.entry(RINVDLNAME, "RINVDLNAME"),
          Map.entry(RINVDESTFLAG, "RINVDESTFLAG"),
          Map.entry(RINVSUBREP, "RINVSUBREP"),
          Map.entry(RINVESMCLASS, "RINVESMCLASS"),
          Map.entry(RCNTSUBDL, "RCNTSUBDL"),
          Map.entry(RSUBMITFAIL, "RSUBMITFAIL"),
          Map.entry(RINVSRCTON, "RINVSRCTON"),
          Map.entry(RINVSRCNPI, "RINVSRCNPI"),
          Map.entry(RINVDSTTON, "RINVDSTTON"),
          Map.entry(RINVDSTNPI, "RINVDSTNPI"),
          Map.entry(RINVSYSTYP, "RINVSYSTYP"),
          Map.entry(RINVREPFLAG, "RINVREPFLAG"),
          Map.entry(RINVNUMMSGS, "RINVNUMMSGS"),
          Map.entry(RTHROTTLED, "RTHROTTLED"),
          Map.entry(RINVSCHED, "RINVSCHED"),
          Map.entry(RINVEXPIRY, "RINVEXPIRY"),
          Map.entry(RINVDFTMSGID, "RINVDFTMSGID"),
          Map.entry(RX_T_APPN, "RX_T_APPN"),
          Map.entry(RX_P_APPN, "RX_P_APPN"),
          Map.entry(RX_R_APPN, "RX_R_APPN"),
          Map.entry(RQUERYFAIL, "RQUERYFAIL"),
          Map.entry(RINVTLVSTREAM, "RINVTLVSTREAM"),
          Map.entry(RTLVNOTALLWD, "RTLVNOTALLWD"),
          Map.entry(RINVTLVLEN, "RINVTLVLEN"),
          Map.entry(RMISSINGTLV, "RMISSINGTLV"),
          Map.entry(RINVTLVVAL, "RINVTLVVAL"),
          Map.entry(RDELIVERYFAILURE, "RDELIVERYFAILURE"),
          Map.entry(RUNKNOWNERR, "RUNKNOWNERR"),
          Map.entry(RSERTYPUNAUTH, "RSERTYPUNAUTH"),
          Map.entry(RPROHIBITED, "RPROHIBITED"),
          Map.entry(RSERTYPUNAVAIL, "RSERTYPUNAVAIL"),
          Map.entry(RSERTYPDENIED, "RSERTYPDENIED"),
          Map.entry(RINVDCS, "RINVDCS"),
          Map.entry(RINVSRCADDRSUBUNIT, "RINVSRCADDRSUBUNIT"),
          Map.entry(RINVDSTADDRSUBUNIT, "RINVDSTADDRSUBUNIT"),
          Map.entry(RINVBCASTFREQINT, "RINVBCASTFREQINT"),
          Map.entry(RINVBCASTALIAS_NAME, "RINVBCASTALIAS_NAME"),
          Map.entry(RINVBCASTAREAFMT, "RINVBCASTAREAFMT"),
          Map.entry(RINVNUMBCAST_AREAS, "RINVNUMBCAST_AREAS"),
          Map.entry(RINVBCASTCNTTYPE, "RINVBCASTCNTTYPE"),
          Map.entry(RINVBCASTMSGCLASS, "RINVBCASTMSGCLASS"),
          Map.entry(RBCASTFAIL, "RBCASTFAIL"),
          Map.entry(RBCASTQUERYFAIL, "RBCASTQUERYFAIL"),
          Map.entry(RBCASTCANCELFAIL, "RBCASTCANCELFAIL"),
          Map.entry(RINVBCAST_REP, "RINVBCAST_REP"),
          Map.entry(RINVBCASTSRVGRP, "RINVBCASTSRVGRP"),
          Map.entry(RINVBCASTCHANIND, "RINVBCASTCHANIND"));

  private Status() {}

  /** Its name in the specification, {@code ESME_RTHROTTLED}, or its number where it has none. */
  public static String name(int status) {
    String name = NAMES.get(status);
    return name == null ? String.format("0x%08X", status) : "ESME_" + name;
  }

  /**
   * The status of that name, with or without {@code ESME_}, or of that number.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static int of(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    String bare = upper.startsWith("ESME_") ? upper.substring("ESME_".length()) : upper;
    for (Map.Entry<Integer, String> each : NAMES.entrySet()) {
      if (each.getValue().equals(bare)) {
        return each.getKey();
      }
    }
    try {
      return (int) (long) Long.decode(text.strip());
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(
          "'" + text + "' is no status; write one like ESME_RTHROTTLED or 0x58", noNumber);
    }
  }

  /** Whether it asks to send more slowly. */
  public static boolean throttles(int status) {
    return status == RTHROTTLED || status == RMSGQFUL;
  }
}
