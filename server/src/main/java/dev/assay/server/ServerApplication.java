package dev.assay.server;

import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.server.account.Attempts;
import dev.assay.server.account.Door;
import dev.assay.server.account.Invitations;
import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.Secrets;
import dev.assay.server.account.ServerKeys;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.hook.Hooks;
import dev.assay.server.hook.PinnedPost;
import dev.assay.server.hook.QuotaEvents;
import dev.assay.server.keep.Retention;
import dev.assay.server.observe.AlertPost;
import dev.assay.server.observe.Watchrooms;
import dev.assay.server.output.RunOutputs;
import dev.assay.server.project.ProjectList;
import dev.assay.server.project.Projects;
import dev.assay.server.quota.QuotaGate;
import dev.assay.server.quota.QuotaStore;
import dev.assay.server.quota.QuotaWatch;
import dev.assay.server.quota.Quotas;
import dev.assay.server.usage.Requests;
import dev.assay.server.usage.Usage;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What the server is made of. */
@SpringBootApplication(
    proxyBeanMethods = false,
    exclude = {
      AopAutoConfiguration.class,
      DataSourceAutoConfiguration.class,
      DataSourceTransactionManagerAutoConfiguration.class,
      MultipartAutoConfiguration.class,
      PersistenceExceptionTranslationAutoConfiguration.class,
      ProjectInfoAutoConfiguration.class,
      TaskSchedulingAutoConfiguration.class,
      TransactionAutoConfiguration.class,
      TransactionManagerCustomizationAutoConfiguration.class,
      UserDetailsServiceAutoConfiguration.class
    })
class ServerApplication {

  private static final int SALT_BYTES = 16;

  /** What reaches no page is answered in the words of the product, too. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> bareRefusals() {
    return factory ->
        factory.addContextCustomizers(context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(BareRefusal.class.getName());
          }
        });
  }

  @Bean
  Clock clock() {
    return new SystemClock();
  }

  @Bean
  Secrets secrets() {
    return new Secrets();
  }

  @Bean
  PasswordEncoder passwords() {
    return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  }

  @Bean
  TemplateEngine templates() {
    return TemplateEngine.createPrecompiled(ContentType.Html);
  }

  @Bean
  JdbcClient accounts(ServerDatabase database) {
    return database.statements();
  }

  @Bean
  AuditLog audit(ServerDatabase database, Secrets secrets, Clock clock) {
    return new AuditLog(database, () -> secrets.hex(SALT_BYTES), new RequestActor(), clock);
  }

  @Bean
  Members members(
      JdbcClient accounts,
      PasswordEncoder passwords,
      Secrets secrets,
      QuotaStore quotas,
      AuditLog audit,
      Clock clock) {
    return new Members(accounts, passwords, secrets, quotas, audit, clock);
  }

  @Bean
  Invitations invitations(
      JdbcClient accounts, Members members, Secrets secrets, AuditLog audit, Clock clock) {
    return new Invitations(accounts, members, secrets, audit, clock);
  }

  @Bean
  Attempts attempts(Clock clock) {
    return new Attempts(clock);
  }

  @Bean
  Door door(Members members, Attempts attempts, AuditLog audit) {
    return new Door(members, attempts, audit);
  }

  /** It belongs into the chain of members' routes only. */
  @Bean
  FilterRegistrationBean<Door> doorInItsChainOnly(Door door) {
    FilterRegistrationBean<Door> none = new FilterRegistrationBean<>(door);
    none.setEnabled(false);
    return none;
  }

  @Bean
  ProjectKeys keys(ServerDatabase database, Secrets secrets, AuditLog audit, Clock clock) {
    return new ProjectKeys(database, secrets, audit, clock);
  }

  @Bean
  ServerKeys serverKeys(JdbcClient accounts, Secrets secrets, AuditLog audit, Clock clock) {
    return new ServerKeys(accounts, secrets, audit, clock);
  }

  @Bean
  ProjectList projectList(JdbcClient accounts, AuditLog audit, Clock clock) {
    return new ProjectList(accounts, audit, clock);
  }

  @Bean(destroyMethod = "close")
  Projects projects(ProjectList list, ServerDatabase database, ServerOptions options, Clock clock) {
    return Projects.open(list, database, options, clock);
  }

  @Bean(initMethod = "begin", destroyMethod = "close")
  Retention retention(
      ServerDatabase database,
      Projects projects,
      ProjectFacts facts,
      Usage usage,
      AuditLog audit,
      Clock clock) {
    return new Retention(database, projects, facts, usage, audit, clock);
  }

  @Bean(initMethod = "begin", destroyMethod = "close")
  Usage usage(
      ServerDatabase database,
      Projects projects,
      ProjectFacts facts,
      RunOutputs outputs,
      Requests requests,
      Clock clock) {
    return new Usage(database, projects, facts, outputs, requests, clock);
  }

  @Bean
  QuotaStore quotaStore(ServerDatabase database) {
    return new QuotaStore(database);
  }

  @Bean
  QuotaGate quotaGate(QuotaStore store, Usage usage, Projects projects, Clock clock) {
    QuotaGate gate = new QuotaGate(store, usage, clock);
    projects.ask(gate);
    return gate;
  }

  @Bean
  Quotas quotas(QuotaStore store, QuotaGate gate, Usage usage, AuditLog audit, Clock clock) {
    return new Quotas(store, gate, usage, audit, clock);
  }

  @Bean(initMethod = "begin", destroyMethod = "close")
  QuotaWatch quotaWatch(QuotaStore store, QuotaGate gate, Usage usage, Hooks hooks, Clock clock) {
    return new QuotaWatch(
        store, gate, usage, news -> hooks.publish(news.project(), QuotaEvents.of(news)), clock);
  }

  @Bean(initMethod = "begin", destroyMethod = "close")
  Hooks hooks(
      ServerDatabase database,
      Projects projects,
      Secrets secrets,
      AuditLog audit,
      Clock clock,
      ServerOptions options) {
    return new Hooks(
        database, projects, secrets, audit, clock, options.address(), options.privateHooks());
  }

  @Bean(destroyMethod = "close")
  Watchrooms watchrooms(
      ServerDatabase database, ServerOptions options, Clock clock, Hooks hooks, Projects projects) {
    String address = options.address();
    String base = address == null ? "" : address.replaceAll("/+$", "");
    return new Watchrooms(
        database,
        clock,
        projects.list()::archived,
        (project, incident) ->
            base.isEmpty() ? "" : base + "/projects/" + project + "/incidents/" + incident,
        hooks::publish,
        new AlertPost(PinnedPost.plain(options.privateHooks())));
  }
}
