package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.Growth;
import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.Ledger.Stored;
import dev.assay.api.ledger.Ledger.StoredArtifact;
import dev.assay.api.ledger.Ledger.Verification;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.RunResumed;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.verdict.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every ledger must do. Extend it in the room of an implementation. */
@SuppressWarnings("NullAway.Init")
public abstract class LedgerKit {

  private static final int MANY = 100_000;

  @TempDir Path scratch;

  /**
   * Opens a ledger to write, the same one for the same folder: new at first, and after it was
   * closed with what was written before.
   */
  protected abstract Ledger open(Path folder);

  @Test
  void aNewLedgerIsEmptyAndSound() {
    try (Ledger ledger = ledger()) {
      assertThat(ledger.runs(10)).isEmpty();
      assertThat(ledger.find("run")).isEmpty();
      assertThat(ledger.artifact("0".repeat(64))).isEmpty();
      assertThat(ledger.verify().sound()).isTrue();
      assertThat(ledger.verify().head()).isEqualTo("0".repeat(64));
    }
  }

  @Test
  void receiptsAreNumberedFromOneWithoutGapsAcrossRuns() {
    try (Ledger ledger = ledger()) {
      List<Receipt> receipts = new ArrayList<>();
      receipts.add(get(ledger.append("r1", LedgerEntries.opened())));
      receipts.add(get(ledger.append("r2", LedgerEntries.opened())));
      receipts.add(get(ledger.append("r1", LedgerEntries.fact(1))));
      assertThat(receipts).extracting(Receipt::sequence).containsExactly(1L, 2L, 3L);
      assertThat(receipts).extracting(Receipt::hash).doesNotHaveDuplicates();
      assertThat(receipts).allSatisfy(r -> assertThat(r.hash()).matches("[0-9a-f]{64}"));
      assertThat(ledger.verify().head()).isEqualTo(receipts.getLast().hash());
    }
  }

  @Test
  void whatWasAppendedIsReadBackInOrderWithItsReceipts() {
    try (Ledger ledger = ledger()) {
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      receipts.add(ledger.append("r1", LedgerEntries.opened()));
      for (int i = 0; i < 1000; i++) {
        receipts.add(ledger.append("r1", LedgerEntries.fact(i)));
      }
      List<Receipt> given = receipts.stream().map(LedgerKit::get).toList();
      List<Stored> stored = read(ledger, "r1");
      assertThat(stored)
          .extracting(each -> new Receipt(each.sequence(), each.hash()))
          .isEqualTo(given);
      assertThat(stored.subList(1, stored.size()))
          .extracting(Stored::entry)
          .isEqualTo(LongStream.range(0, 1000).mapToObj(LedgerEntries::fact).toList());
    }
  }

  @Test
  void everyKindOfEntryComesBackEqual() {
    try (Ledger ledger = ledger()) {
      append(ledger, "r1", LedgerEntries.everyKind());
    }
    try (Ledger ledger = ledger()) {
      assertThat(read(ledger, "r1")).extracting(Stored::entry).isEqualTo(LedgerEntries.everyKind());
    }
  }

  @Test
  void everythingIsThereAfterReopeningAndTheChainGoesOn() {
    Receipt before;
    try (Ledger ledger = ledger()) {
      append(ledger, "r1", List.of(LedgerEntries.opened()));
      before = get(ledger.append("r1", LedgerEntries.fact(1)));
    }
    try (Ledger ledger = ledger()) {
      assertThat(ledger.verify().head()).isEqualTo(before.hash());
      Receipt after = get(ledger.append("r1", LedgerEntries.fact(2)));
      assertThat(after.sequence()).isEqualTo(before.sequence() + 1);
      assertThat(read(ledger, "r1")).hasSize(3);
    }
  }

  @Test
  void closingWaitsForWhatIsOnItsWay() {
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    try (Ledger ledger = ledger()) {
      receipts.add(ledger.append("r1", LedgerEntries.opened()));
      for (int i = 0; i < 3000; i++) {
        receipts.add(ledger.append("r1", LedgerEntries.fact(i)));
      }
    }
    assertThat(receipts).allMatch(CompletableFuture::isDone);
    try (Ledger ledger = ledger()) {
      assertThat(read(ledger, "r1")).hasSize(3001);
    }
  }

  @Test
  void aClosedLedgerRefusesAndCanBeClosedAgain() {
    Ledger ledger = ledger();
    ledger.close();
    ledger.close();
    assertRefused(ledger.append("r1", LedgerEntries.opened()));
    assertThatThrownBy(() -> ledger.runs(1)).isInstanceOf(ProblemException.class);
  }

  @Test
  void anEntryOfARunThatWasNeverOpenedIsRefusedAndHarmsNothing() {
    try (Ledger ledger = ledger()) {
      assertRefused(ledger.append("ghost", LedgerEntries.fact(1)));
      assertThat(get(ledger.append("r1", LedgerEntries.opened())).sequence()).isEqualTo(1);
      assertThat(read(ledger, "ghost")).isEmpty();
      assertThat(ledger.verify().sound()).isTrue();
    }
  }

  @Test
  void aRunIsOpenedOnce() {
    try (Ledger ledger = ledger()) {
      append(ledger, "r1", List.of(LedgerEntries.opened()));
      assertRefused(ledger.append("r1", LedgerEntries.opened()));
      assertThat(read(ledger, "r1")).hasSize(1);
    }
  }

  @Test
  void entriesThatComeTogetherAreThereInOrderAsIfTheyHadComeAlone() {
    List<LedgerEntry> entries = new ArrayList<>(List.of(LedgerEntries.opened()));
    for (int i = 0; i < 700; i++) {
      entries.add(LedgerEntries.fact(i));
    }
    try (Ledger ledger = ledger()) {
      append(ledger, "r1", List.of(LedgerEntries.opened()));
      Receipt last = get(ledger.appendAll("r2", encoded(entries)));
      assertThat(last.sequence()).isEqualTo(702);
      Receipt next = get(ledger.appendAll("r1", encoded(List.of(LedgerEntries.fact(1)))));
      assertThat(next.sequence()).isEqualTo(703);

      List<Stored> read = new ArrayList<>();
      ledger.read("r2", read::add);
      assertThat(read).extracting(Stored::entry).isEqualTo(entries);
      assertThat(read.getLast().hash()).isEqualTo(last.hash());
      assertThat(ledger.find("r2").orElseThrow().entries()).isEqualTo(701);
      assertThat(ledger.verify().damages()).isEmpty();
    }
  }

  @Test
  void ofEntriesThatComeTogetherThoseBehindOneOutOfPlaceAreLeftOut() {
    try (Ledger ledger = ledger()) {
      List<LedgerEntry> entries =
          List.of(
              LedgerEntries.opened(),
              LedgerEntries.fact(1),
              LedgerEntries.opened(),
              LedgerEntries.fact(2));
      assertRefused(ledger.appendAll("r1", encoded(entries)));
      List<LedgerEntry> read = new ArrayList<>();
      ledger.read("r1", stored -> read.add(stored.entry()));
      assertThat(read).isEqualTo(entries.subList(0, 2));
      append(ledger, "r1", List.of(LedgerEntries.fact(3)));
      assertThat(ledger.verify().damages()).isEmpty();
    }
  }

  private static List<EncodedEntry> encoded(List<LedgerEntry> entries) {
    return entries.stream().map(EncodedEntry::of).toList();
  }

  @Test
  void aRunThatGoesOnIsNotRunAndHasNoEnd() {
    try (Ledger ledger = ledger()) {
      append(ledger, "r1", List.of(LedgerEntries.opened(), LedgerEntries.fact(1)));
      RunSummary run = ledger.find("r1").orElseThrow();
      assertThat(run.closed()).isNull();
      assertThat(run.ending()).isNull();
      assertThat(run.decision()).isEqualTo(Decision.NOT_RUN);
      assertThat(run.entries()).isEqualTo(2);
    }
  }

  @Test
  void aRunThatEndedIsSummedUp() {
    try (Ledger ledger = ledger()) {
      append(ledger, "r1", LedgerEntries.everyKind());
      RunSummary run = ledger.find("r1").orElseThrow();
      assertThat(run.workspace()).isEqualTo("shop");
      assertThat(run.digest()).isEqualTo("a".repeat(64));
      assertThat(run.subject()).isEqualTo(LedgerEntries.opened().subject());
      assertThat(run.opened()).isEqualTo(LedgerEntries.AT);
      assertThat(run.closed()).isEqualTo(LedgerEntries.AT.plusSeconds(60));
      assertThat(run.decision()).isEqualTo(Decision.FAIL);
      assertThat(run.ending()).isEqualTo(Ending.COMPLETED);
      assertThat(run.entries()).isEqualTo(LedgerEntries.everyKind().size());
    }
  }

  @Test
  void aResumedRunIsOpenAgainUntilItsLastEnd() {
    try (Ledger ledger = ledger()) {
      append(
          ledger,
          "r1",
          List.of(
              LedgerEntries.opened(),
              LedgerEntries.closed(Ending.CANCELLED, Decision.NOT_RUN),
              new RunResumed(LedgerEntries.AT)));
      assertThat(ledger.find("r1").orElseThrow().closed()).isNull();
      append(ledger, "r1", List.of(LedgerEntries.closed(Ending.COMPLETED, Decision.PASS)));
      assertThat(ledger.find("r1").orElseThrow().decision()).isEqualTo(Decision.PASS);
      assertThat(ledger.verify().damages()).isEmpty();
    }
  }

  @Test
  void runsAreListedNewestFirstUpToALimit() {
    try (Ledger ledger = ledger()) {
      for (String id : List.of("c", "a", "b")) {
        append(ledger, id, List.of(LedgerEntries.opened()));
      }
      append(ledger, "c", List.of(LedgerEntries.fact(1)));
      assertThat(ledger.runs(10)).extracting(RunSummary::id).containsExactly("b", "a", "c");
      assertThat(ledger.runs(2)).extracting(RunSummary::id).containsExactly("b", "a");
    }
  }

  @Test
  void aRunThatIsErasedSaysNothingAnyMoreAndTheChainIsWhole() throws IOException {
    try (Ledger ledger = ledger()) {
      // the file that an entry of every kind names
      StoredArtifact _ = ledger.store(Files.createFile(scratch.resolve("empty")));
      append(ledger, "r1", LedgerEntries.everyKind());
      append(ledger, "r2", List.of(LedgerEntries.opened(), LedgerEntries.fact(1)));
      append(ledger, "r3", LedgerEntries.everyKind());

      assertThat(ledger.erase("r2", "asked for", LedgerEntries.AT)).isPresent();
      assertThat(ledger.erase("r1", "asked for", LedgerEntries.AT)).isPresent();
      assertThat(ledger.erase("r1", "again", LedgerEntries.AT)).isEmpty();
      assertThat(ledger.erase("none", "asked for", LedgerEntries.AT)).isEmpty();

      assertThat(ledger.runs(10)).extracting(RunSummary::id).containsExactly("r3");
      assertThat(ledger.find("r1")).isEmpty();
      assertThat(read(ledger, "r1"))
          .extracting(Stored::entry)
          .singleElement()
          .isInstanceOf(LedgerEntry.RunErased.class);
      assertThat(read(ledger, "r3")).hasSameSizeAs(LedgerEntries.everyKind());
      for (LedgerEntry after : List.of(LedgerEntries.opened(), LedgerEntries.fact(2))) {
        assertThat(ledger.append("r1", after))
            .failsWithin(Duration.ofSeconds(60))
            .withThrowableThat()
            .withMessageContaining("was erased");
      }
      append(ledger, "r4", LedgerEntries.everyKind());
      assertThat(ledger.verify().damages()).isEmpty();
    }
    try (Ledger again = ledger()) {
      assertThat(again.runs(10)).extracting(RunSummary::id).containsExactly("r4", "r3");
      assertThat(again.verify().damages()).isEmpty();
    }
  }

  @Test
  void whatWasAppendedIsCountedOnceInStepsAndWhatWasErasedNoMore() {
    try (Ledger ledger = ledger()) {
      assertThat(ledger.growth(0, 100)).isEqualTo(new Growth(0, 0, 0, 0, 0, false));
      List<LedgerEntry> two = List.of(LedgerEntries.opened(), LedgerEntries.fact(1));
      append(ledger, "r1", LedgerEntries.everyKind());
      append(ledger, "r2", two);
      long all = LedgerEntries.everyKind().size() + 2L;
      long bytes = size(LedgerEntries.everyKind()) + size(two);
      assertThat(ledger.growth(0, 100)).isEqualTo(new Growth(all, all, 2, all, bytes, false));
      assertThat(ledger.growth(all, 100)).isEqualTo(new Growth(all, all, 0, 0, 0, false));

      Growth first = ledger.growth(0, all - 1);
      Growth last = ledger.growth(first.upTo(), 100);
      assertThat(first.upTo()).isEqualTo(all - 1);
      assertThat(first.entries() + last.entries()).isEqualTo(all);
      assertThat(first.bytes() + last.bytes()).isEqualTo(bytes);
      assertThat(last.bytes()).isEqualTo(size(List.of(LedgerEntries.fact(1))));

      assertThat(ledger.erase("r1", "asked for", LedgerEntries.AT)).isPresent();
      Growth erasing = ledger.growth(all, 100);
      assertThat(erasing.erased()).isTrue();
      assertThat(erasing.entries()).isEqualTo(1);
      Growth now = ledger.growth(0, 100);
      assertThat(now.runs()).isEqualTo(1);
      assertThat(now.entries()).isEqualTo(3);
      assertThat(now.bytes()).isEqualTo(size(two) + erasing.bytes());
    }
  }

  private static long size(List<LedgerEntry> entries) {
    return entries.stream().mapToLong(entry -> EncodedEntry.of(entry).bytes().length).sum();
  }

  @Test
  void nobodyErasesByOnlySayingSo() {
    try (Ledger ledger = ledger()) {
      append(ledger, "r1", List.of(LedgerEntries.opened()));
      assertThat(
              ledger.append(
                  "r1", new LedgerEntry.RunErased(LedgerEntries.AT, "x", 1, "0".repeat(64), null)))
          .failsWithin(Duration.ofSeconds(60))
          .withThrowableThat()
          .withMessageContaining("only says so");
    }
  }

  @Test
  void aThousandResultsOfAMonitorDoNotHideTheRunBeforeThem() {
    LedgerEntry.RunOpened plain = LedgerEntries.opened();
    LedgerEntry.RunOpened monitored =
        new LedgerEntry.RunOpened(
            plain.at(),
            plain.workspace(),
            plain.digest(),
            plain.subject(),
            plain.seed(),
            plain.version(),
            List.of(),
            Map.of(RunSummary.MONITOR, "up"));
    try (Ledger ledger = ledger()) {
      append(ledger, "release", List.of(plain));
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        receipts.add(ledger.append("m" + i, monitored));
      }
      receipts.forEach(LedgerKit::get);
      assertThat(ledger.runs(3, run -> run.monitor() == null))
          .extracting(RunSummary::id)
          .containsExactly("release");
      assertThat(ledger.runs(2, run -> "up".equals(run.monitor())))
          .extracting(RunSummary::id)
          .containsExactly("m999", "m998");
    }
  }

  @Test
  void aRunIsFoundByItsIdOrAPrefixThatOnlyItHas() {
    try (Ledger ledger = ledger()) {
      for (String id : List.of("ab", "abc", "abd", "xyz", "%", "x_z")) {
        append(ledger, id, List.of(LedgerEntries.opened()));
      }
      assertThat(id(ledger, "xy")).contains("xyz");
      assertThat(id(ledger, "abc")).contains("abc");
      assertThat(id(ledger, "ab")).as("an id that others begin with").contains("ab");
      assertThat(id(ledger, "a")).as("ambiguous").isEmpty();
      assertThat(id(ledger, "nobody")).isEmpty();
      assertThat(id(ledger, "")).isEmpty();
      assertThat(id(ledger, "XY")).as("other letters").isEmpty();
      assertThat(id(ledger, "x_")).as("no wildcards").contains("x_z");
      assertThat(id(ledger, "%")).contains("%");
    }
  }

  @Test
  void entriesOfRunsThatAreInterleavedAreKeptApart() {
    try (Ledger ledger = ledger()) {
      append(ledger, "even", List.of(LedgerEntries.opened()));
      append(ledger, "odd", List.of(LedgerEntries.opened()));
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        receipts.add(ledger.append(i % 2 == 0 ? "even" : "odd", LedgerEntries.fact(i)));
      }
      receipts.forEach(LedgerKit::get);
      assertThat(read(ledger, "odd").stream().skip(1))
          .extracting(Stored::entry)
          .isEqualTo(
              LongStream.range(0, 1000).mapToObj(i -> LedgerEntries.fact(2 * i + 1)).toList());
    }
  }

  @Test
  void ofOneCheckAllItsEntriesAreReadAndThoseOfTheRun() {
    try (Ledger ledger = ledger()) {
      List<LedgerEntry> other =
          List.of(
              new LedgerEntry.CheckOpened(LedgerEntries.AT, "smok"),
              new LedgerEntry.CheckOpened(LedgerEntries.AT, "\"check\":\"smoke\""));
      append(ledger, "r1", LedgerEntries.everyKind());
      append(ledger, "r1", other);
      append(ledger, "r1", List.of(LedgerEntries.fact(77)));
      List<LedgerEntry> entries = new ArrayList<>();
      ledger.read("r1", "smoke", stored -> entries.add(stored.entry()));
      List<LedgerEntry> wanted = new ArrayList<>(LedgerEntries.everyKind());
      wanted.add(LedgerEntries.fact(77));
      assertThat(entries).containsSubsequence(wanted);
    }
  }

  @Test
  void theLabelsOfARunAreInItsSummary() {
    try (Ledger ledger = ledger()) {
      LedgerEntry.RunOpened plain = LedgerEntries.opened();
      append(ledger, "r1", List.of(plain));
      append(
          ledger,
          "r2",
          List.of(
              new LedgerEntry.RunOpened(
                  plain.at(),
                  plain.workspace(),
                  plain.digest(),
                  plain.subject(),
                  plain.seed(),
                  plain.version(),
                  plain.checks(),
                  Map.of("pair", "p/1/B"))));
      assertThat(ledger.runs(2))
          .extracting(RunSummary::labels)
          .containsExactly(Map.of("pair", "p/1/B"), Map.of());
    }
  }

  @Test
  void callersAtOnceKeepEachTheirOwnOrderInOneChain() throws Exception {
    int callers = 8;
    int each = 500;
    try (Ledger ledger = ledger();
        ExecutorService pool = Executors.newFixedThreadPool(callers)) {
      List<Callable<List<Receipt>>> work = new ArrayList<>();
      for (int c = 0; c < callers; c++) {
        String run = "run-" + c;
        work.add(() -> {
          List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
          receipts.add(ledger.append(run, LedgerEntries.opened()));
          for (int i = 0; i < each; i++) {
            receipts.add(ledger.append(run, LedgerEntries.fact(i)));
          }
          return receipts.stream().map(LedgerKit::get).toList();
        });
      }
      List<Long> sequences = new ArrayList<>();
      List<Future<List<Receipt>>> done = pool.invokeAll(work);
      for (int c = 0; c < callers; c++) {
        List<Receipt> receipts = done.get(c).get();
        assertThat(receipts).extracting(Receipt::sequence).isSorted();
        assertThat(read(ledger, "run-" + c))
            .extracting(stored -> new Receipt(stored.sequence(), stored.hash()))
            .isEqualTo(receipts);
        receipts.forEach(receipt -> sequences.add(receipt.sequence()));
      }
      assertThat(sequences)
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(1, (long) callers * (each + 1)).boxed().toList());
      assertThat(ledger.verify().damages()).isEmpty();
    }
  }

  @Test
  void aReaderMayAskTheLedgerAndAppendWhileItReads() {
    try (Ledger ledger = ledger()) {
      append(ledger, "r1", List.of(LedgerEntries.opened(), LedgerEntries.fact(1)));
      List<Long> seen = new ArrayList<>();
      ledger.read(
          "r1",
          stored -> {
            seen.add(stored.sequence());
            get(ledger.append("r1", LedgerEntries.fact(100 + stored.sequence())));
            assertThat(ledger.find("r1")).isPresent();
          });
      assertThat(seen).containsExactly(1L, 2L);
    }
  }

  @Test
  void aRunOfAHundredThousandEntriesIsReadAsAStream() {
    try (Ledger ledger = ledger()) {
      append(ledger, "big", List.of(LedgerEntries.opened()));
      CompletableFuture<Receipt> last = CompletableFuture.completedFuture(new Receipt(1, ""));
      for (int i = 0; i < MANY; i++) {
        last = ledger.append("big", LedgerEntries.fact(i));
      }
      assertThat(get(last).sequence()).isEqualTo(MANY + 1);
      long[] count = {0};
      ledger.read("big", stored -> assertThat(stored.sequence()).isEqualTo(++count[0]));
      assertThat(count[0]).isEqualTo(MANY + 1);
      assertThat(ledger.find("big").orElseThrow().entries()).isEqualTo(MANY + 1);
    }
  }

  @Test
  void anUnknownRunHasNoEntries() {
    try (Ledger ledger = ledger()) {
      assertThat(read(ledger, "nobody")).isEmpty();
    }
  }

  @Test
  void anArtifactIsStoredOnceUnderItsContent() throws IOException {
    Path one = Files.writeString(scratch.resolve("one"), "the same content");
    Path two = Files.writeString(scratch.resolve("two"), "the same content");
    try (Ledger ledger = ledger()) {
      StoredArtifact first = ledger.store(one);
      StoredArtifact second = ledger.store(two);
      assertThat(first).isEqualTo(second);
      assertThat(first.sha256()).isEqualTo(sha256("the same content"));
      assertThat(first.size()).isEqualTo(Files.size(one));
      assertThat(ledger.artifact(first.sha256()).orElseThrow()).hasContent("the same content");
    }
    try (Ledger ledger = ledger()) {
      assertThat(ledger.artifact(sha256("the same content"))).isPresent();
    }
  }

  @Test
  void anEmptyFileIsAnArtifactToo() throws IOException {
    Path empty = Files.createFile(scratch.resolve("empty"));
    try (Ledger ledger = ledger()) {
      assertThat(ledger.store(empty)).isEqualTo(new StoredArtifact(LedgerEntries.EMPTY_SHA256, 0));
    }
  }

  @Test
  void aFileThatIsNotThereCannotBeStored() {
    try (Ledger ledger = ledger()) {
      assertThatThrownBy(() -> ledger.store(scratch.resolve("nothing")))
          .isInstanceOf(ProblemException.class);
      assertThatThrownBy(() -> ledger.store(scratch)).isInstanceOf(ProblemException.class);
    }
  }

  @Test
  void aNameThatIsNoDigestIsNoArtifact() {
    try (Ledger ledger = ledger()) {
      for (String name : List.of("", "ab", "../../etc/passwd", "Z".repeat(64))) {
        assertThat(ledger.artifact(name)).isEmpty();
      }
    }
  }

  @Test
  void aVerificationCountsWhatItReadAndMissesAnArtifactThatIsGone() throws IOException {
    try (Ledger ledger = ledger()) {
      StoredArtifact kept = ledger.store(Files.writeString(scratch.resolve("kept"), "content"));
      append(ledger, "r1", List.of(LedgerEntries.opened(), LedgerEntries.kept(kept)));
      Verification sound = ledger.verify();
      assertThat(sound.damages()).isEmpty();
      assertThat(sound.entries()).isEqualTo(2);
      assertThat(sound.artifacts()).isEqualTo(1);
      Files.delete(ledger.artifact(kept.sha256()).orElseThrow());
      assertThat(ledger.verify().damages()).anyMatch(damage -> damage.contains(kept.sha256()));
    }
  }

  private Ledger ledger() {
    return open(scratch.resolve("ledger"));
  }

  private static void append(Ledger ledger, String run, List<? extends LedgerEntry> entries) {
    entries.stream()
        .map(entry -> ledger.append(run, entry))
        .toList()
        .forEach(receipt -> get(receipt));
  }

  private static List<Stored> read(Ledger ledger, String run) {
    List<Stored> stored = new ArrayList<>();
    ledger.read(run, stored::add);
    return stored;
  }

  private static Optional<String> id(Ledger ledger, String text) {
    return ledger.find(text).map(RunSummary::id);
  }

  private static void assertRefused(CompletableFuture<Receipt> receipt) {
    assertThatThrownBy(() -> receipt.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ProblemException.class);
  }

  private static Receipt get(CompletableFuture<Receipt> receipt) {
    try {
      return receipt.get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError("the entry was not written", failed);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
