package dev.assay.server;

import dev.assay.api.spi.Clock;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.api.Etags;
import dev.assay.server.api.KeyFilter;
import dev.assay.server.api.RateLimit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who may take which route. Everything is denied that is not granted here; what a member or a key
 * may do in a certain project is asked by {@link dev.assay.server.account.Access}.
 */
@Configuration
class Routes {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'self'";

  @Bean
  @Order(1)
  SecurityFilterChain programs(HttpSecurity http, ProjectKeys keys, Clock clock) {
    return http.securityMatcher("/api/**")
        .csrf(csrf -> csrf.disable()) // no cookie is looked at here
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(cache -> cache.disable())
        .addFilterBefore(new KeyFilter(keys), AuthorizationFilter.class)
        .addFilterBefore(new RateLimit(clock), AuthorizationFilter.class)
        .addFilterBefore(new Etags(), AuthorizationFilter.class)
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
  SecurityFilterChain people(HttpSecurity http) {
    return http.authorizeHttpRequests(routes ->
            routes
                .requestMatchers("/assets/**", "/health", "/login", "/set-up/*", "/error")
                .permitAll()
                .requestMatchers("/projects/new")
                .hasAuthority("OWNER")
                .requestMatchers("/", "/projects/**", "/logout")
                .authenticated()
                .anyRequest()
                .denyAll())
        .formLogin(login ->
            login.loginPage("/login").defaultSuccessUrl("/").failureUrl("/login?wrong=yes"))
        .logout(logout -> logout.logoutSuccessUrl("/login"))
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .frameOptions(frames -> frames.sameOrigin())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicyHeader(
                    permissions -> permissions.policy("camera=(), microphone=(), geolocation=()")))
        .exceptionHandling(handling ->
            handling.accessDeniedHandler(
                (_, response, _) -> response.sendError(HttpStatus.FORBIDDEN.value())))
        .build();
  }
}
