package dev.assay.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.gateway.State;
import dev.assay.gateway.store.Batch.Audit;
import dev.assay.gateway.store.Batch.Change;
import dev.assay.gateway.store.Batch.Notice;
import dev.assay.gateway.store.Batch.Once;
import dev.assay.gateway.store.Batch.Orphan;
import dev.assay.gateway.store.Batch.Paper;
import dev.assay.gateway.store.Batch.Submission;
import dev.assay.gateway.store.Batch.Tried;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of a gateway must do. */
abstract class GatewayStoreKit {

  static final long TIME = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

  private final Batch batch = new Batch();
  private GatewayStore store;

  /** Opens the same store each time. */
  abstract GatewayStore open();

  @BeforeEach
  void begin() {
    store = open();
  }

  @AfterEach
  void end() {
    store.close();
  }

  private void reopen() {
    store.close();
    store = open();
  }

  private void commit() {
    store.commit(batch);
    batch.clear();
  }

  static long id(int number) {
    return MessageId.at(TIME) + number;
  }

  static StoredMessage message(long id, State state, int steps) {
    return new StoredMessage(
        id,
        state,
        steps,
        "shop",
        "Shop",
        "4917012345678",
        "Grüße, 5 € 😀",
        TIME + 1000,
        "alpha",
        "DE",
        1,
        50_000,
        "",
        "order-1",
        null,
        true,
        List.of("sms", "email"),
        Map.of("subject", "Order"));
  }

  @Test
  void whatWasCommittedIsThereAfterItIsOpenedAgain() {
    StoredMessage message = message(id(1), State.ROUTED, 2);
    StoredEvent accepted = new StoredEvent(id(1), 0, State.ACCEPTED, TIME, "", "");
    StoredEvent routed = new StoredEvent(id(1), 1, State.ROUTED, TIME, "alpha", "");
    batch.add(message);
    batch.add(accepted);
    batch.add(routed);
    commit();

    reopen();

    assertThat(store.find(id(1))).contains(message);
    assertThat(store.events(id(1))).containsExactly(accepted, routed);
    assertThat(store.lastMessage()).isEqualTo(id(1));
    assertThat(store.find(id(2))).isEmpty();
  }

  @Test
  void aChangeIsTheNewState() {
    batch.add(message(id(1), State.ROUTED, 2));
    commit();
    batch.add(new Change(id(1), State.DELIVERED, 5, "beta", 2, 70, "DELIVRD"));
    commit();

    StoredMessage found = store.find(id(1)).orElseThrow();

    assertThat(found.state()).isEqualTo(State.DELIVERED);
    assertThat(found.steps()).isEqualTo(5);
    assertThat(found.provider()).isEqualTo("beta");
    assertThat(found.cost()).isEqualTo(70);
    assertThat(found.code()).isEqualTo("DELIVRD");
  }

  @Test
  void whatIsNotSentYetComesInOrderPageByPage() {
    for (int i = 0; i < 10; i++) {
      batch.add(message(id(i), i % 2 == 0 ? State.ROUTED : State.ACKNOWLEDGED, 2));
    }
    commit();

    List<StoredMessage> first = store.unsent(0, 3);
    List<StoredMessage> second = store.unsent(first.getLast().id(), 3);

    assertThat(first).extracting(StoredMessage::id).containsExactly(id(0), id(2), id(4));
    assertThat(second).extracting(StoredMessage::id).containsExactly(id(6), id(8));
  }

  @Test
  void overdueAreThoseThatAProviderHasAndThatExpired() {
    batch.add(message(id(1), State.ACKNOWLEDGED, 4));
    batch.add(message(id(2), State.DELIVERED, 5));
    commit();
    assertThat(store.find(id(1))).isPresent();

    assertThat(store.overdue(null, TIME + 1000, 10)).isEmpty();
    assertThat(store.overdue(null, TIME + 1001, 10))
        .extracting(StoredMessage::id)
        .containsExactly(id(1));
  }

  @Test
  void aProvidersIdLeadsToTheLatestMessage() {
    batch.add(new Submission("alpha", "1f", id(1), 0));
    batch.add(new Submission("alpha", "1f", id(2), 0));
    batch.add(new Submission("beta", "1f", id(3), 0));
    commit();

    assertThat(store.submission("alpha", "1f")).map(Submission::message).contains(id(2));
    assertThat(store.submission("alpha", "1g")).isEmpty();
  }

  @Test
  void orphansWaitUntilTheyAreAdopted() {
    Orphan orphan = new Orphan("alpha", "7", State.DELIVERED, "DELIVRD", TIME);
    batch.add(orphan);
    commit();
    assertThat(store.orphan("alpha", "7")).contains(orphan);
    assertThat(store.orphans(10)).containsExactly(orphan);

    batch.adopt(orphan);
    commit();

    assertThat(store.orphans(10)).isEmpty();
  }

  @Test
  void aRequestIsRememberedByItsKey() {
    Once once = new Once("shop", "k", "digest", "1,2", TIME);
    batch.add(once);
    commit();

    assertThat(store.once("shop", "k")).contains(once);
    assertThat(store.once("other", "k")).isEmpty();
  }

  @Test
  void callbacksComeInOrderUntilTheyAreToldOrDead() {
    for (int i = 1; i <= 3; i++) {
      batch.add(new Notice(i, id(1), "shop", "http://localhost/", "{}", 0, TIME, false));
    }
    commit();
    batch.called(1);
    batch.add(new Tried(2, 4, TIME + 5, false));
    batch.add(new Tried(3, 9, TIME + 5, true));
    commit();

    assertThat(store.callbacks("shop", 0, 10))
        .containsExactly(
            new Notice(2, id(1), "shop", "http://localhost/", "{}", 4, TIME + 5, false));
    assertThat(store.deadLetters(10)).extracting(Notice::id).containsExactly(3L);
    assertThat(store.lastCallback()).isEqualTo(3);
  }

  @Test
  void documentsAreWrittenOverAndDueInOrder() {
    batch.add(new Paper("plan", "a", TIME + 2, Json.object().put("n", 1).build()));
    batch.add(new Paper("plan", "b", TIME + 1, Json.object().put("n", 2).build()));
    batch.add(new Paper("plan", "c", null, Json.object().put("n", 3).build()));
    batch.add(new Paper("plan", "a", TIME + 2, Json.object().put("n", 4).build()));
    batch.add(new Paper("plan", "c", null, null));
    commit();

    assertThat(store.documents("plan", "", 10))
        .extracting(each -> each.key() + each.body().whole("n"))
        .containsExactly("a4", "b2");
    assertThat(store.due("plan", Instant.ofEpochMilli(TIME + 1), 10))
        .extracting(each -> each.key())
        .containsExactly("b");
    assertThat(store.due("plan", Instant.ofEpochMilli(TIME + 2), 10))
        .extracting(each -> each.key())
        .containsExactly("b", "a");
  }

  @Test
  void searchesAndReportsSeeOneTenantsMessages() {
    batch.add(message(id(1), State.DELIVERED, 5));
    batch.add(message(id(2), State.FAILED, 4));
    commit();
    Instant since = Instant.ofEpochMilli(TIME);

    assertThat(search("shop", "4917012345678", since))
        .extracting(StoredMessage::id)
        .containsExactly(id(2), id(1));
    assertThat(search("other", "4917012345678", since)).isEmpty();
    assertThat(search("shop", "4917012345678", since.plusSeconds(1))).isEmpty();
    assertThat(store.tally("shop", since)).hasSize(2);
    assertThat(store.tally("shop", since).getFirst().cost()).isEqualTo(50_000);
    assertThat(store.count(since)).containsEntry(State.FAILED, 1L);
  }

  private List<StoredMessage> search(String tenant, String to, Instant since) {
    return store.search(new GatewayStore.Search(tenant, to, null, null, since, Long.MAX_VALUE, 10));
  }

  @Test
  void aWalkShowsEveryMessageWithItsEvents() {
    for (int i = 0; i < 7; i++) {
      batch.add(message(id(i), State.ACCEPTED, 1));
      batch.add(new StoredEvent(id(i), 0, State.ACCEPTED, TIME, "", ""));
    }
    commit();
    List<Integer> events = new ArrayList<>();

    long count = store.walk(life -> events.add(life.events().size()));

    assertThat(count).isEqualTo(7);
    assertThat(events).containsOnly(1);
  }

  @Test
  void forgettingLeavesWhatIsNotSettled() {
    batch.add(message(id(1), State.DELIVERED, 1));
    batch.add(new StoredEvent(id(1), 0, State.ACCEPTED, TIME, "", ""));
    batch.add(message(id(2), State.ROUTED, 2));
    batch.add(new Submission("alpha", "1", id(1), 0));
    commit();

    assertThat(store.forget(Instant.ofEpochMilli(TIME + 1), 10)).isEqualTo(1);

    assertThat(store.find(id(1))).isEmpty();
    assertThat(store.events(id(1))).isEmpty();
    assertThat(store.submission("alpha", "1")).isEmpty();
    assertThat(store.find(id(2))).isPresent();
  }

  @Test
  void erasingKeepsWhatHappenedAndNotToWhom() {
    batch.add(message(id(1), State.DELIVERED, 1));
    batch.add(new StoredEvent(id(1), 0, State.ACCEPTED, TIME, "", ""));
    batch.add(new Audit(TIME, "shop", "erased", "1"));
    commit();

    assertThat(store.erase("", "4917012345678")).isEqualTo(1);

    StoredMessage found = store.find(id(1)).orElseThrow();
    assertThat(found.to() + found.text() + found.reference()).isEmpty();
    assertThat(found.properties()).isEmpty();
    assertThat(store.events(id(1))).hasSize(1);
    assertThat(store.audits(10)).hasSize(1);
  }
}
