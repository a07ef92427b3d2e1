package dev.assay.server;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.server.account.Members;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.project.ProjectList;
import dev.assay.server.signon.LazyRegistration;
import dev.assay.server.signon.SignOnOptions;
import dev.assay.server.signon.SingleSignOn;
import java.net.BindException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A server that runs. Thread-safe. Whoever starts it closes it. */
public final class RunningServer implements AutoCloseable {

  /** Where it should listen, it cannot. */
  public static final ProblemType NOT_BOUND =
      new ProblemType(
          "ASSAY-SERVER-010",
          ProblemKind.ENVIRONMENT,
          "The server cannot listen",
          "The port is taken by another program, or the address is none of this machine.");

  private final ConfigurableApplicationContext context;
  private final String local;
  private final String address;

  private RunningServer(ConfigurableApplicationContext context, String local, String address) {
    this.context = context;
    this.local = local;
    this.address = address;
  }

  /**
   * Starts one; it is ready on return.
   *
   * @throws ProblemException if its folder or database cannot be used, or it cannot listen
   */
  public static RunningServer start(ServerOptions options) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("server.port", options.port());
    settings.put("server.address", options.listen().getHostAddress());
    if (options.jsonLogs()) {
      settings.put("logging.config", "classpath:logback-json.xml");
    }
    String reached = options.address();
    if (reached != null && reached.startsWith("https:")) {
      settings.put("server.servlet.session.cookie.secure", true);
    }
    SpringApplication application = application();
    application.setDefaultProperties(settings);
    ApplicationContextInitializer<GenericApplicationContext> given =
        context -> give(context, options);
    application.addInitializers(given);
    ConfigurableApplicationContext context;
    try {
      context = application.run();
    } catch (RuntimeException failed) {
      throw cause(failed, options);
    }
    int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    String known = options.address();
    String host = options.listen().getHostAddress();
    String local = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    return new RunningServer(context, local, known == null ? local : known.replaceAll("/+$", ""));
  }

  /** All that every start has in common. */
  static SpringApplication application() {
    SpringApplication application = new SpringApplication(ServerApplication.class);
    application.setMainApplicationClass(AheadOfTime.class); // by whose name what was built is found
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    return application;
  }

  /**
   * What only this start knows. All else about beans is settled when Assay is built, see {@link
   * AheadOfTime}, so that no start has to find it out.
   */
  private static void give(GenericApplicationContext context, ServerOptions options) {
    context.getBeanFactory().registerSingleton("options", options);
    context.registerBean(
        ServerDatabase.class,
        () -> AccountDatabase.of(options.data(), options.database()),
        bean -> bean.setDestroyMethodName("close"));
    SignOnOptions signOn = options.signOn();
    if (signOn == null) {
      return; // and none of its classes, which take time to load
    }
    context.registerBean(
        LazyRegistration.class,
        () -> new LazyRegistration(signOn, options.address(), context.getBean(Clock.class)));
    context.registerBean(
        SingleSignOn.class,
        () ->
            new SingleSignOn(
                signOn,
                context.getBean(JdbcClient.class),
                context.getBean(Members.class),
                context.getBean(ProjectList.class),
                context.getBean(AuditLog.class)));
  }

  /** What a person can mend is told as it is, not as the bean that could not be made. */
  private static RuntimeException cause(RuntimeException failed, ServerOptions options) {
    Problem known = Trouble.of(failed);
    if (known != null) {
      return new ProblemException(known);
    }
    for (Throwable cause : Trouble.causes(failed)) {
      if (cause instanceof BindException || cause instanceof PortInUseException) {
        return NOT_BOUND.failure(
            Where.named(options.listen().getHostAddress() + ":" + options.port()),
            cause instanceof PortInUseException
                ? "another program listens there"
                : String.valueOf(cause.getMessage()),
            "give another port, or 0 for any that is free: --port; or an address of this machine:"
                + " --listen");
      }
    }
    return failed;
  }

  /** How people reach it, without a slash at its end. */
  public String address() {
    return address;
  }

  /** Where it listens. */
  String local() {
    return local;
  }

  /** The link that makes its first member; null once there is one. */
  public @Nullable String setUpLink() {
    String token = context.getBean(Members.class).setUpToken();
    return token == null ? null : address + "/set-up/" + token;
  }

  /** A part of it, for tests. */
  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
