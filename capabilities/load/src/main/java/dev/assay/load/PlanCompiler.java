package dev.assay.load;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.Template;
import dev.assay.load.engine.LoadPlan;
import dev.assay.load.engine.Origin;
import dev.assay.load.engine.Schedule;
import dev.assay.load.http1.CompiledRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan for the engine from a configuration: fills variables, encodes requests, looks up the
 * target once, and refuses what must not be sent, all before anything is sent.
 */
final class PlanCompiler {

  /** The rate up to which nobody has to say that a target elsewhere is theirs. */
  static final double HARMLESS_RATE = 50;

  private final CheckContext context;
  private final LoadConfiguration configuration;

  PlanCompiler(CheckContext context, LoadConfiguration configuration) {
    this.context = context;
    this.configuration = configuration;
  }

  /**
   * Makes the plan.
   *
   * @param cores how many loops there may be
   */
  LoadPlan compile(int cores) {
    RequestCompiler compiler = new RequestCompiler(context, configuration.headers());
    List<CompiledRequest> flow = new ArrayList<>();
    Map<String, Integer> names = new HashMap<>();
    Address first = null;
    for (LoadStep step : configuration.flow()) {
      Address address = address(step);
      first = first == null ? address : first;
      if (!address.sameOrigin(first)) {
        throw LoadProblems.ORIGINS.failure(
            step.place(),
            "this step goes to "
                + context.redact(address.authority())
                + " and the first to "
                + context.redact(first.authority()),
            "write one check for each server");
      }
      int uses = names.merge(step.label(), 1, Integer::sum);
      String name = uses == 1 ? step.label() : step.label() + " (" + uses + ")";
      flow.add(compiler.compile(step, name, address));
    }
    if (first == null) {
      throw LoadProblems.NO_FLOW.failure(configuration.place(), "the flow has no step", "add one");
    }
    return plan(flow, origin(first), cores);
  }

  private LoadPlan plan(List<CompiledRequest> flow, Origin origin, int cores) {
    double rate = configuration.rate().perSecond();
    return new LoadPlan(
        origin,
        flow,
        Schedule.constant(
            rate, configuration.warmUp().toNanos(), configuration.duration().toNanos()),
        configuration.connections(),
        configuration.timeout().toNanos(),
        configuration.maxWaiting(),
        LoadPlan.loopsFor(rate * flow.size(), configuration.connections(), cores));
  }

  private Address address(LoadStep step) {
    String written = context.fill(step.calls().getFirst().to());
    try {
      if (written.matches("(?i)https?://.*")) {
        return Address.of(Address.parse(written, step.place()), step.place());
      }
      String base = base(step).toString();
      String path = written.startsWith("/") ? written : "/" + written;
      String joined = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
      return Address.of(Address.parse(joined, step.place()), step.place());
    } catch (ProblemException problem) {
      // A filled variable may be a secret, and the sentence quotes the address.
      throw new ProblemException(
          problem.problems().stream()
              .map(one -> one.type().at(one.where(), context.redact(one.what()), one.mend()))
              .toList());
    }
  }

  private URI base(LoadStep step) {
    Template own = configuration.url();
    if (own != null) {
      return Address.parse(context.fill(own), configuration.place());
    }
    return context
        .target()
        .orElseThrow(() ->
            LoadProblems.NO_TARGET.failure(
                step.place(),
                "'"
                    + step.label()
                    + "' is a path, and neither the environment nor the check"
                    + " has a url",
                "add 'url: http://127.0.0.1:8080' to the environment or to the check"));
  }

  private Origin origin(Address address) {
    InetAddress found = lookUp(address);
    double rate = configuration.rate().perSecond();
    if (!found.isLoopbackAddress()
        && rate > HARMLESS_RATE
        && !configuration.iOwnThisTarget()
        && !ofTheWorkspace(address)) {
      throw LoadProblems.NOT_OWN.failure(
          configuration.place(),
          "the target "
              + context.redact(address.authority())
              + " is neither this machine nor one of the workspace's environments, and "
              + configuration.rate()
              + " is more than 50/s",
          "write 'i own this target: true' (on the command line --i-own-this-target) if you may put"
              + " load on it, or lower the rate");
    }
    return new Origin(
        address.host(),
        new InetSocketAddress(found, address.port()),
        address.scheme().equals("https"));
  }

  private boolean ofTheWorkspace(Address address) {
    return context.environments().stream()
        .map(URI::getHost)
        .anyMatch(host -> address.host().equalsIgnoreCase(host));
  }

  private InetAddress lookUp(Address address) {
    @Nullable InetAddress[] all;
    try {
      all = InetAddress.getAllByName(address.host());
    } catch (UnknownHostException unknown) {
      throw LoadProblems.HOST.failure(
          Where.named(context.redact(address.authority())),
          "the name '" + context.redact(address.host()) + "' has no address",
          "correct the name, or make the resolver of this machine know it");
    }
    for (InetAddress one : all) {
      if (one != null) {
        return one;
      }
    }
    throw new IllegalStateException("a name was found without an address");
  }
}
