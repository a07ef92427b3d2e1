package dev.assay.smpp.session;

/** Why a session ended. */
public enum CloseReason {
  /** The other end closed the connection without unbinding. */
  PEER_CLOSED,
  /** The connection broke. */
  BROKEN,
  /** One end unbound, and the other agreed. */
  UNBOUND,
  /** Nobody bound in time. */
  NOT_BOUND,
  /** The bind was refused. */
  BIND_REFUSED,
  /** The other end did not answer an enquire_link or an unbind. */
  SILENT,
  /** What came is no SMPP, so nobody knows where the next PDU begins. */
  OUT_OF_SYNC,
  /** The other end sends, and does not read. */
  OVERFLOW,
  /** This end closed it. */
  LOCAL
}
