package dev.assay.gateway.store;

import dev.assay.api.problem.ProblemException;
import dev.assay.gateway.Documents.Document;
import dev.assay.gateway.State;
import dev.assay.gateway.store.Batch.Audit;
import dev.assay.gateway.store.Batch.Heard;
import dev.assay.gateway.store.Batch.Notice;
import dev.assay.gateway.store.Batch.Once;
import dev.assay.gateway.store.Batch.Orphan;
import dev.assay.gateway.store.Batch.Submission;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of tables, with a log before it: a batch is durable as soon as it is in the log, and comes
 * into the tables a moment later, many at once and folded into what is left of them. Whoever reads
 * waits until what was durable when he asked is in the tables. After a crash the next one to open
 * it brings in what is in the log only. Thread-safe as its contract says.
 */
final class LoggedStore implements GatewayStore {

  /** How long a batch waits for others before it comes into the tables. */
  private static final long REST_NANOS = 250_000_000;

  private static final int MANY = 100_000;

  /** More than that is not kept in memory; then whoever commits waits. */
  private static final int MOST = 1_000_000;

  private static final int REPLAYED_AT_ONCE = 2_000;
  private static final long JOIN_MILLIS = 60_000;

  private record Pending(long number, Batch batch) {}

  private final JdbcStore tables;
  private final CommitLog log;
  private final FileChannel held;
  private final String name;
  private final Bytes bytes = new Bytes();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition folded = lock.newCondition();
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private final Map<String, Once> recent = new ConcurrentHashMap<>();
  private final Thread folder;
  private int pendingSize;
  private long committed;
  private long applied;
  private boolean wanted;
  private boolean ending;
  private @Nullable ProblemException failure;

  private LoggedStore(
      String name, JdbcStore tables, CommitLog log, FileChannel held, long committed) {
    this.name = name;
    this.tables = tables;
    this.log = log;
    this.held = held;
    this.committed = committed;
    this.applied = committed;
    this.folder = Thread.ofPlatform().name("gateway-store").daemon().unstarted(this::run);
  }

  /**
   * Opens a file, and brings in what an earlier process left in its log.
   *
   * @param held the lock of the file; closed with the store
   * @param turn how long each of the log's two files becomes before the other's turn
   */
  static LoggedStore open(Path file, FileChannel held, int turn) {
    JdbcStore tables = JdbcStore.sqlite(file);
    try {
      long identity = tables.identity();
      long last = replay(tables, CommitLog.read(file, identity, tables.applied()));
      CommitLog log = CommitLog.open(file, identity, last, turn);
      LoggedStore store = new LoggedStore(file.toString(), tables, log, held, last);
      store.folder.start();
      return store;
    } catch (IOException | IllegalArgumentException failed) {
      tables.close();
      throw JdbcStore.unusable(file.toString(), failed);
    } catch (ProblemException failed) {
      tables.close();
      throw failed;
    }
  }

  private static long replay(JdbcStore tables, List<CommitLog.Entry> entries) {
    long last = tables.applied();
    Fold fold = new Fold();
    int count = 0;
    for (CommitLog.Entry entry : entries) {
      fold.add(BatchCodec.read(new Bytes(entry.content())));
      last = entry.number();
      if (++count % REPLAYED_AT_ONCE == 0) {
        tables.fold(fold, last);
        fold = new Fold();
      }
    }
    tables.fold(fold, last);
    return last;
  }

  // ---- the thread that commits ----

  @Override
  public void commit(Batch batch) {
    if (batch.isEmpty()) {
      return;
    }
    bytes.clear();
    BatchCodec.write(batch, bytes);
    long number;
    try {
      number = log.append(bytes.octets(), bytes.length());
    } catch (IOException failed) {
      throw JdbcStore.unusable(name, failed);
    }
    Batch copy = batch.copy();
    copy.once.forEach(each -> recent.put(key(each.tenant(), each.key()), each));
    lock.lock();
    try {
      committed = number;
      boolean first = pending.isEmpty();
      pending.add(new Pending(number, copy));
      pendingSize += copy.size();
      if (first || pendingSize >= MANY) {
        work.signal();
      }
      while (pendingSize >= MOST && failure == null) {
        folded.awaitUninterruptibly();
      }
      fail();
    } finally {
      lock.unlock();
    }
  }

  private void fail() {
    if (failure != null) {
      throw failure;
    }
  }

  private static String key(String tenant, String key) {
    return tenant + '\n' + key;
  }

  // ---- the thread that folds ----

  private void run() {
    try {
      while (fold()) {
        // until it ends
      }
    } catch (ProblemException failed) {
      broken(failed);
    } catch (RuntimeException | Error failed) {
      broken(JdbcStore.unusable(name, new IllegalStateException(failed)));
    }
  }

  private void broken(ProblemException why) {
    lock.lock();
    try {
      failure = why;
      folded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean fold() {
    List<Pending> batches;
    lock.lock();
    try {
      while (pending.isEmpty() && !ending) {
        work.awaitUninterruptibly();
      }
      rest();
      if (pending.isEmpty()) {
        return !ending;
      }
      batches = new ArrayList<>(pending);
      wanted = false;
    } finally {
      lock.unlock();
    }
    Fold fold = new Fold();
    int size = 0;
    for (Pending each : batches) {
      fold.add(each.batch());
      size += each.batch().size();
    }
    long last = batches.getLast().number();
    tables.fold(fold, last);
    log.release(last);
    fold.once.forEach(each -> recent.remove(key(each.tenant(), each.key()), each));
    lock.lock();
    try {
      for (int i = 0; i < batches.size(); i++) {
        pending.remove();
      }
      pendingSize -= size;
      applied = last;
      folded.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets others join, unless somebody waits for the tables. */
  private void rest() {
    try {
      long left = REST_NANOS;
      while (!wanted && !ending && pendingSize < MANY && left > 0) {
        left = work.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      // nobody interrupts it; were it so, it would only fold sooner
    }
  }

  /** Waits until all that is durable is in the tables. */
  private JdbcStore settled() {
    lock.lock();
    try {
      long all = committed;
      while (applied < all) {
        fail();
        wanted = true;
        work.signal();
        folded.awaitUninterruptibly();
      }
      return tables;
    } finally {
      lock.unlock();
    }
  }

  // ---- reading ----

  @Override
  public long lastMessage() {
    return settled().lastMessage();
  }

  @Override
  public long lastCallback() {
    return settled().lastCallback();
  }

  @Override
  public Optional<StoredMessage> find(long id) {
    return settled().find(id);
  }

  @Override
  public List<StoredEvent> events(long id) {
    return settled().events(id);
  }

  @Override
  public List<StoredMessage> unsent(long after, int most) {
    return settled().unsent(after, most);
  }

  /** Asked every second, so nobody waits for the tables but where there may be one. */
  @Override
  public List<StoredMessage> overdue(@Nullable StoredMessage after, long expiredBefore, int most) {
    List<StoredMessage> found = tables.overdue(after, expiredBefore, most);
    return found.isEmpty() ? found : settled().overdue(after, expiredBefore, most);
  }

  @Override
  public List<StoredMessage> search(Search search) {
    return settled().search(search);
  }

  @Override
  public Optional<Submission> submission(String provider, String providerId) {
    Submission latest = null;
    lock.lock();
    try {
      for (Pending each : pending) {
        for (Submission one : each.batch().submissions) {
          if (one.providerId().equals(providerId) && one.provider().equals(provider)) {
            latest = one;
          }
        }
      }
    } finally {
      lock.unlock();
    }
    return latest == null ? tables.submission(provider, providerId) : Optional.of(latest);
  }

  @Override
  public List<Orphan> orphans(int most) {
    return settled().orphans(most);
  }

  @Override
  public Optional<Orphan> orphan(String provider, String providerId) {
    return settled().orphan(provider, providerId);
  }

  @Override
  public Optional<Once> once(String tenant, String key) {
    Once known = recent.get(key(tenant, key));
    return known == null ? tables.once(tenant, key) : Optional.of(known);
  }

  @Override
  public List<Notice> callbacks(String tenant, long after, int most) {
    return settled().callbacks(tenant, after, most);
  }

  @Override
  public List<String> callbackTenants() {
    return settled().callbackTenants();
  }

  @Override
  public List<Notice> deadLetters(int most) {
    return settled().deadLetters(most);
  }

  @Override
  public List<Audit> audits(int most) {
    return settled().audits(most);
  }

  @Override
  public List<Heard> heard(int most) {
    return settled().heard(most);
  }

  @Override
  public Map<State, Long> count(Instant since) {
    return settled().count(since);
  }

  @Override
  public List<Tally> tally(@Nullable String tenant, Instant since) {
    return settled().tally(tenant, since);
  }

  @Override
  public Optional<Document> document(String kind, String key) {
    return settled().document(kind, key);
  }

  @Override
  public List<Document> documents(String kind, String after, int most) {
    return settled().documents(kind, after, most);
  }

  @Override
  public List<Document> due(String kind, Instant at, int most) {
    return settled().due(kind, at, most);
  }

  @Override
  public long walk(Consumer<Life> each) {
    return settled().walk(each);
  }

  // ---- called where commits are, so that nothing is pending once it is settled ----

  @Override
  public int erase(String tenant, String number) {
    return settled().erase(tenant, number);
  }

  @Override
  public int forget(Instant before, int most) {
    return settled().forget(before, most);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      ending = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    try {
      folder.join(JOIN_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    tables.close();
    end();
  }

  private void end() {
    boolean all;
    lock.lock();
    try {
      all = applied == committed && failure == null && !folder.isAlive();
    } finally {
      lock.unlock();
    }
    try (held) {
      if (all) {
        log.remove();
      } else {
        log.close();
      }
    } catch (IOException gone) {
      // the next one to open it finds what is there
    }
  }

  @Override
  public String toString() {
    return tables.toString();
  }
}
