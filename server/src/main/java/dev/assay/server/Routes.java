package dev.assay.server;

import dev.assay.api.spi.Clock;
import dev.assay.server.account.Door;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.Secrets;
import dev.assay.server.account.ServerKeys;
import dev.assay.server.api.AddressLimit;
import dev.assay.server.api.BodyAsSent;
import dev.assay.server.api.Etags;
import dev.assay.server.api.IdempotentRequests;
import dev.assay.server.api.KeyFilter;
import dev.assay.server.api.PackedBodies;
import dev.assay.server.api.RateLimit;
import dev.assay.server.api.RequestCount;
import dev.assay.server.observe.api.AlertmanagerRefusals;
import dev.assay.server.page.ErrorPages;
import dev.assay.server.page.Template;
import dev.assay.server.project.ProjectList;
import dev.assay.server.quota.QuotaGate;
import dev.assay.server.signon.LazyRegistration;
import dev.assay.server.signon.ProviderDoor;
import dev.assay.server.signon.SignOnOptions;
import dev.assay.server.signon.SingleSignOn;
import dev.assay.server.usage.Requests;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.authentication.logout.SimpleUrlLogoutSuccessHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.session.DisableEncodeUrlFilter;

/**
 * Who may take which route. Everything is denied that is not granted here; what a member or a key
 * may do in a certain project is asked by {@link dev.assay.server.account.Access}.
 */
@Configuration(proxyBeanMethods = false)
class Routes {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
          + " object-src 'none'; frame-ancestors 'self'";

  /** What people type has no NUL, which PostgreSQL cannot keep in a text. */
  @Bean
  HttpFirewall firewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedParameterValues(value -> value == null || value.indexOf('\0') < 0);
    return firewall;
  }

  @Bean
  @Order(1)
  SecurityFilterChain programs(
      HttpSecurity http,
      ProjectKeys keys,
      ServerKeys serverKeys,
      Secrets secrets,
      JdbcClient accounts,
      Clock clock,
      Requests requests,
      ProjectList projects,
      QuotaGate quotas,
      Template template) {
    return http.securityMatcher("/api/**")
        .csrf(csrf -> csrf.disable()) // no cookie is looked at here
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(cache -> cache.disable())
        .addFilterBefore(new BodyAsSent(), AuthorizationFilter.class)
        .addFilterBefore(new PackedBodies(), AuthorizationFilter.class)
        .addFilterBefore(new AlertmanagerRefusals(), DisableEncodeUrlFilter.class)
        .addFilterBefore(new AwayFilter(template), DisableEncodeUrlFilter.class)
        .addFilterBefore(new KeyFilter(keys, serverKeys), AuthorizationFilter.class)
        .addFilterBefore(new AddressLimit(clock), AuthorizationFilter.class)
        .addFilterBefore(new RequestCount(requests, projects), AuthorizationFilter.class)
        .addFilterBefore(new RateLimit(quotas, clock), AuthorizationFilter.class)
        .addFilterBefore(new Etags(), AuthorizationFilter.class)
        .addFilterAfter(new IdempotentRequests(accounts, secrets, clock), AuthorizationFilter.class)
        // an answer may be kept where it is asked for again each time, which its ETag makes cheap
        .headers(headers -> headers.cacheControl(cache -> cache.disable()))
        .exceptionHandling(handling ->
            handling
                .authenticationEntryPoint(KeyFilter::unknown)
                .accessDeniedHandler(KeyFilter::denied))
        .authorizeHttpRequests(routes ->
            routes
                .requestMatchers("/api/v1/openapi.json")
                .permitAll()
                .requestMatchers("/api/v1/**")
                .authenticated()
                .anyRequest()
                .denyAll())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain people(
      HttpSecurity http,
      Door door,
      ServerOptions options,
      ObjectProvider<SingleSignOn> signOn,
      ObjectProvider<LazyRegistration> provider,
      Clock clock,
      Template template) {
    http.addFilterBefore(new AwayFilter(template), DisableEncodeUrlFilter.class)
        .addFilterBefore(new AddressLimit(clock), UsernamePasswordAuthenticationFilter.class)
        .addFilterBefore(door, UsernamePasswordAuthenticationFilter.class)
        .authorizeHttpRequests(routes ->
            routes
                .requestMatchers(
                    "/assets/**",
                    "/health",
                    "/ready",
                    "/metrics",
                    "/login",
                    "/set-up/*",
                    "/join/*",
                    "/status/*",
                    "/badge/*/*",
                    "/rulings.pub",
                    "/error")
                .permitAll()
                .requestMatchers(
                    "/projects/new",
                    "/members",
                    "/members/**",
                    "/keys",
                    "/keys/**",
                    "/audit",
                    "/audit/**",
                    "/usage")
                .hasAuthority("OWNER")
                .requestMatchers("/", "/projects/**", "/account", "/account/**", "/logout")
                .authenticated()
                .anyRequest()
                .denyAll())
        .formLogin(login ->
            login
                .loginPage("/login")
                .successHandler(in(door, "password"))
                .failureHandler(out(door)))
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(policy(options)))
                .frameOptions(frames -> frames.sameOrigin())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .httpStrictTransportSecurity(transport -> transport.includeSubDomains(false))
                .crossOriginOpenerPolicy(
                    opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(
                    resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(
                    permissions -> permissions.policy("camera=(), microphone=(), geolocation=()")))
        .exceptionHandling(handling ->
            handling.accessDeniedHandler((_, response, refused) ->
                response.sendError(
                    HttpStatus.FORBIDDEN.value(),
                    refused instanceof CsrfException ? ErrorPages.OLD_FORM : "")));
    LogoutSuccessHandler gone = goneTo("/login");
    LazyRegistration registration = provider.getIfAvailable();
    SingleSignOn found = signOn.getIfAvailable();
    if (registration != null && found != null) {
      http.oauth2Login(login ->
          login
              .loginPage("/login")
              .clientRegistrationRepository(registration)
              .authorizedClientRepository(new HttpSessionOAuth2AuthorizedClientRepository())
              .userInfoEndpoint(users -> users.oidcUserService(found))
              .successHandler(in(door, "single sign-on"))
              .failureHandler(refusedBySignOn(door)));
      http.addFilterBefore(
          new ProviderDoor(registration), OAuth2AuthorizationRequestRedirectFilter.class);
      gone = goneFromProvider(registration, options.address());
    }
    LogoutSuccessHandler last = gone;
    return http.logout(logout ->
            logout
                .addLogoutHandler((request, _, who) -> door.went(request, who))
                .logoutSuccessHandler(last))
        .build();
  }

  /** A log-out goes on to the provider, which a form's policy must allow. */
  private static String policy(ServerOptions options) {
    SignOnOptions signOn = options.signOn();
    return signOn == null
        ? POLICY
        : POLICY.replace("form-action 'self'", "form-action 'self' " + signOn.origin());
  }

  private static LogoutSuccessHandler goneTo(String place) {
    SimpleUrlLogoutSuccessHandler handler = new SimpleUrlLogoutSuccessHandler();
    handler.setDefaultTargetUrl(place);
    return handler;
  }

  private static LogoutSuccessHandler goneFromProvider(
      LazyRegistration provider, @Nullable String address) {
    OidcClientInitiatedLogoutSuccessHandler handler =
        new OidcClientInitiatedLogoutSuccessHandler(provider);
    handler.setPostLogoutRedirectUri(
        (address == null ? "{baseUrl}" : address.replaceAll("/+$", "")) + "/login");
    handler.setDefaultTargetUrl("/login");
    return handler;
  }

  private static AuthenticationFailureHandler refusedBySignOn(Door door) {
    return (request, response, refused) -> {
      String code =
          refused.getCause() != null && refused.getCause().getCause() instanceof IOException
              ? ProviderDoor.AWAY
              : refused instanceof OAuth2AuthenticationException known
                  ? known.getError().getErrorCode()
                  : "unknown";
      door.wasRefusedBySignOn(request, code);
      response.sendRedirect("/login?refused=" + URLEncoder.encode(code, StandardCharsets.UTF_8));
    };
  }

  private static AuthenticationSuccessHandler in(Door door, String by) {
    SavedRequestAwareAuthenticationSuccessHandler further =
        new SavedRequestAwareAuthenticationSuccessHandler();
    // behind a proxy the server may not know the host and the port that the browser asked
    further.setRedirectStrategy(
        (_, response, place) -> response.sendRedirect(withoutHost(URI.create(place))));
    return (request, response, who) -> {
      door.cameIn(request, who, by);
      further.onAuthenticationSuccess(request, response, who);
    };
  }

  private static String withoutHost(URI place) {
    String path = place.getRawPath();
    String query = place.getRawQuery();
    return query == null ? path : path + "?" + query;
  }

  private static AuthenticationFailureHandler out(Door door) {
    return (request, response, refused) -> {
      if (refused instanceof InternalAuthenticationServiceException) {
        door.couldNotLook(request);
        throw refused;
      }
      door.wasRefused(request);
      response.sendRedirect("/login?wrong=yes");
    };
  }
}
