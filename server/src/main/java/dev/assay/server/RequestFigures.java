package dev.assay.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts requests and how long they take; those that stream are not timed. Thread-safe. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestFigures extends OncePerRequestFilter {

  /** Upper ends in seconds; the last one is without end. */
  private static final double[] ENDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  private final LongAdder[] buckets = new LongAdder[ENDS.length + 1];
  private final LongAdder[] statuses = new LongAdder[5];
  private final LongAdder nanos = new LongAdder();

  RequestFigures() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
    for (int i = 0; i < statuses.length; i++) {
      statuses[i] = new LongAdder();
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long begun = System.nanoTime();
    int status = 500;
    try {
      chain.doFilter(request, response);
      status = response.getStatus();
    } finally {
      statuses[Math.clamp(status / 100 - 1, 0, statuses.length - 1)].increment();
      if (!request.isAsyncStarted()) {
        took(System.nanoTime() - begun);
      }
    }
  }

  private void took(long duration) {
    int bucket = 0;
    while (bucket < ENDS.length && duration > ENDS[bucket] * 1e9) {
      bucket++;
    }
    buckets[bucket].increment();
    nanos.add(duration);
  }

  /** How many were answered, by the first digit of their status. */
  Map<String, Long> answered() {
    Map<String, Long> answered = new LinkedHashMap<>();
    for (int i = 0; i < statuses.length; i++) {
      answered.put(i + 1 + "xx", statuses[i].sum());
    }
    return answered;
  }

  /** How many took how long at most, each with those before it, by the upper end in seconds. */
  Map<String, Long> within() {
    Map<String, Long> within = new LinkedHashMap<>();
    long all = 0;
    for (int i = 0; i < buckets.length; i++) {
      all += buckets[i].sum();
      within.put(i < ENDS.length ? Double.toString(ENDS[i]) : "+Inf", all);
    }
    return within;
  }

  /** How long all of them took. */
  double seconds() {
    return nanos.sum() / 1e9;
  }
}
