package dev.assay.load.engine;

import dev.assay.load.extract.BodyReader;
import dev.assay.load.extract.Bytes;
import dev.assay.load.extract.ValueTest;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Expectation;
import dev.assay.load.request.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one loop looks at in responses; nothing for a step that asks for nothing. */
final class Inspection {

  private static final int SHOWN = 200;

  private final byte[][][] wanted;
  private final @Nullable ValueTest[][] tests;
  private final List<ArrayList<BodyReader>> readers = new ArrayList<>();

  Inspection(int steps, List<CompiledRequest> requests) {
    this.wanted = new byte[steps][][];
    this.tests = new @Nullable ValueTest[steps][];
    for (int i = 0; i < steps; i++) {
      readers.add(new ArrayList<>(0));
    }
    for (CompiledRequest request : requests) {
      int step = request.step();
      wanted[step] =
          request.wanted().stream()
              .map(name -> name.getBytes(StandardCharsets.US_ASCII))
              .toArray(byte[][]::new);
      tests[step] = new @Nullable ValueTest[request.expectations().size()];
      for (int i = 0; i < tests[step].length; i++) {
        ValueTest shared = request.expectations().get(i).test();
        tests[step][i] = shared == null ? null : shared.copy();
      }
    }
  }

  /** The names of the headers that a step keeps. */
  byte[][] wanted(int step) {
    return wanted[step];
  }

  /** A reader for the body of a response; to be given back. */
  BodyReader reader(CompiledRequest request) {
    ArrayList<BodyReader> free = readers.get(request.step());
    return free.isEmpty() ? request.body().reader() : free.removeLast();
  }

  void giveBack(CompiledRequest request, BodyReader reader) {
    readers.get(request.step()).add(reader);
  }

  /** The first expectation that the response does not meet, or null. */
  @Nullable Expectation missed(CompiledRequest request, Answer answer) {
    List<Expectation> all = request.expectations();
    for (int i = 0; i < all.size(); i++) {
      Expectation one = all.get(i);
      ValueTest test = tests[request.step()][i];
      boolean found = answer.found(one.source());
      boolean met =
          test == null
              ? found
              : found ? test.holds(answer.value(one.source())) : test.holdsForNothing();
      if (!met) {
        return one;
      }
    }
    return null;
  }

  /** What an expectation missed, for people. */
  static String sentence(Expectation missed, Answer answer) {
    String fault = answer.fault();
    if (fault != null) {
      return "expected " + missed.what() + ", but " + fault;
    }
    if (missed.source() instanceof Source.Body) {
      return "expected " + missed.what();
    }
    if (!answer.found(missed.source())) {
      return "expected " + missed.what() + ", got nothing there";
    }
    Bytes value = answer.value(missed.source());
    String text = value.text();
    return "expected "
        + missed.what()
        + ", got "
        + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
  }
}
