package dev.assay.network.link;

/**
 * What TCP makes of a direction's losses and delays, computed once for a condition. Immutable.
 *
 * @param roundTrip the mean round trip without queues, in nanoseconds
 * @param timeOut the first time-out of a retransmission, in nanoseconds
 * @param back the mean delay of acknowledgements, in nanoseconds
 * @param bytesPerNano the payload that losses let a connection send; infinite without losses
 * @param burst how much of it at once, in bytes
 */
record StreamModel(long roundTrip, long timeOut, long back, double bytesPerNano, double burst) {

  /** Linux's least time-out besides the round trip, TCP_RTO_MIN. */
  static final long LEAST_TIME_OUT = 200_000_000L;

  /** The most that a time-out grows to, TCP_RTO_MAX and RFC 6298 (2.5). */
  static final long LONGEST_TIME_OUT = 120_000_000_000L;

  /** How often a packet is sent again before TCP gives up, tcp_retries2. */
  static final int MOST_RETRIES = 15;

  /** What is sent at first, in segments (RFC 6928). */
  static final int INITIAL_WINDOW = 10;

  static StreamModel of(DirectionCondition there, DirectionCondition back) {
    double roundTrip = Math.max(100_000, there.delay().mean() + back.delay().mean());
    double deviation =
        Math.hypot(
            there.delay().distribution().deviation(), back.delay().distribution().deviation());
    // RTO = SRTT + 4 RTTVAR (RFC 6298), where RTTVAR is a mean deviation, 0.8 of a standard
    // deviation in a normal distribution; Linux keeps the second term at 200 ms or more
    double timeOut = roundTrip + Math.max(LEAST_TIME_OUT, 4 * 0.8 * deviation);
    double loss = there.loss().events();
    double rate =
        loss == 0
            ? Double.POSITIVE_INFINITY
            : packetsPerSecond(loss, roundTrip / 1e9, timeOut / 1e9) * Counting.SEGMENT / 1e9;
    double burst = Math.max(INITIAL_WINDOW * Counting.SEGMENT, rate * roundTrip);
    return new StreamModel(
        Math.round(roundTrip), Math.round(timeOut), Math.round(back.delay().mean()), rate, burst);
  }

  /**
   * What a connection achieves, in packets per second (Padhye, Firoiu, Towsley, Kurose, "Modeling
   * TCP throughput: a simple model and its empirical validation", SIGCOMM 1998, equation 30, with b
   * = 1 as senders count bytes). Without time-outs it is √(3/2) / (RTT √p) of Mathis, Semke,
   * Mahdavi, Ott, "The macroscopic behavior of the TCP congestion avoidance algorithm", CCR 1997.
   *
   * @param loss p, above 0
   * @param roundTrip in seconds
   * @param timeOut in seconds
   */
  static double packetsPerSecond(double loss, double roundTrip, double timeOut) {
    double growing = roundTrip * Math.sqrt(2 * loss / 3);
    double stalled =
        timeOut * Math.min(1, 3 * Math.sqrt(3 * loss / 8)) * loss * (1 + 32 * loss * loss);
    return 1 / (growing + stalled);
  }
}
