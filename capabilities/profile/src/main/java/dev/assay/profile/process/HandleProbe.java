package dev.assay.profile.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the JDK knows of processes on every system: their processor time. */
final class HandleProbe implements ProcessProbe {

  private final List<Long> roots;

  HandleProbe(Collection<Long> roots) {
    this.roots = List.copyOf(roots);
  }

  @Override
  public Map<Long, ServiceReading> read() {
    Map<Long, ServiceReading> readings = new LinkedHashMap<>();
    for (long root : roots) {
      List<ProcessHandle> members =
          ProcessHandle.of(root).stream()
              .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
              .filter(ProcessHandle::isAlive)
              .toList();
      if (!members.isEmpty()) {
        readings.put(root, reading(members));
      }
    }
    return readings;
  }

  private static ServiceReading reading(List<ProcessHandle> members) {
    List<Long> pids = new ArrayList<>();
    long cpu = 0;
    for (ProcessHandle member : members) {
      pids.add(member.pid());
      cpu += member.info().totalCpuDuration().map(java.time.Duration::toNanos).orElse(0L);
    }
    return new ServiceReading(pids, cpu, -1, -1, -1, -1);
  }

  @Override
  public boolean whole() {
    return false;
  }
}
