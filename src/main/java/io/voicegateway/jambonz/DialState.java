package io.voicegateway.jambonz;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Call;
import io.voicegateway.call.Hmac;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.Parties;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.PlanOverrides;
import io.voicegateway.call.Rung;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What must be known when a dial ends, carried in the address of its action hook: Jambonz sends
 * neither the application's variables with that hook nor anything else of ours. It is sealed with a
 * key that all instances have, so that no phone number stands in an address and nobody can write
 * one of his own. The same state gives the same text, as the same hook must give the same answer.
 */
@Component("dialState")
final class DialState {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecretKeySpec nonceKey;

  DialState(SipSettings sip, JambonzSettings jambonz) {
    // not the webhook secrets where it can be helped: they change while calls are under way
    String secret =
        sip.password().isEmpty() ? String.join("", jambonz.webhookSecrets()) : sip.password();
    key = new SecretKeySpec(derived(secret, "dial state"), "AES");
    nonceKey = Hmac.key(derived(secret, "dial state nonce"));
  }

  /**
   * The state, opened.
   *
   * @param rung the label of what is dialled; null when an earlier version sealed it
   * @param ladder the rungs that are left, in order
   * @param plan what the application's variables say, for {@link PlanOverrides}
   * @param parties who called whom: a leg to LiveKit shows neither
   * @param transfer whom that call shall be handed on to, null for nobody
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Content(
      @Nullable String rung,
      List<String> ladder,
      Map<String, String> plan,
      @Nullable Parties parties,
      @Nullable OrderedTransfer transfer) {}

  /**
   * A transfer that was asked for by HTTP and is allowed.
   *
   * @param callSid the call that is handed on
   */
  record OrderedTransfer(String callSid, String target, String rung) {}

  /** Seals what is dialled, what is left of the ladder and what the call's plan says. */
  String seal(Call call, String rung, Ladder left) {
    PlanEntry plan = call.plan();
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("agent", plan.agent());
    overrides.put("caller_id", plan.callerId() == null ? "" : plan.callerId());
    overrides.put("max_duration", Integer.toString(plan.longestSeconds()));
    overrides.put("dial_timeout", Integer.toString(plan.dialTimeoutSeconds()));
    overrides.put("country", plan.country() == null ? "" : plan.country());
    List<String> rungs = left.rungs().stream().map(Object::toString).toList();
    return encrypted(new Content(rung, rungs, overrides, call.parties(), null));
  }

  /** Seals whom a call shall be handed on to, and its application's variables. */
  String seal(OrderedTransfer transfer, Map<String, Object> environment) {
    Map<String, String> overrides = new LinkedHashMap<>();
    environment.forEach((name, value) -> overrides.put(name, String.valueOf(value)));
    overrides.keySet().retainAll(PlanOverrides.NAMES);
    return encrypted(new Content(null, List.of(), overrides, null, transfer));
  }

  /** What was dialled; the room when that is not known, because every call begins with it. */
  String rung(@Header("then") @Nullable String sealed) {
    return opened(sealed).map(Content::rung).orElse(Rung.ROOM);
  }

  /** What is left of the ladder; empty when there is no state or it was not sealed by us. */
  Ladder ladder(@Nullable String sealed) {
    return opened(sealed).map(content -> Ladder.of(content.ladder())).orElse(Ladder.EMPTY);
  }

  /** What the application's variables said of the call. */
  Map<String, String> overrides(@Nullable String sealed) {
    return opened(sealed).map(Content::plan).orElse(Map.of());
  }

  /** Who called whom; empty when that was not sealed by us. */
  Optional<Parties> parties(@Nullable String sealed) {
    return opened(sealed).map(Content::parties);
  }

  /** Whom the call shall be handed on to; empty when that was not asked for by HTTP. */
  Optional<OrderedTransfer> transfer(@Nullable String sealed) {
    return opened(sealed).map(Content::transfer);
  }

  private String encrypted(Content content) {
    try {
      byte[] plain = JSON.writeValueAsBytes(content);
      byte[] nonce = Arrays.copyOf(Hmac.of(nonceKey, plain), NONCE);
      byte[] cipher = aes(Cipher.ENCRYPT_MODE, nonce, plain);
      byte[] all = Arrays.copyOf(nonce, NONCE + cipher.length);
      System.arraycopy(cipher, 0, all, NONCE, cipher.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (JsonProcessingException | GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java can do this", impossible);
    }
  }

  private Optional<Content> opened(@Nullable String sealed) {
    if (sealed == null) {
      return Optional.empty();
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(sealed);
      if (all.length <= NONCE) {
        return Optional.empty();
      }
      byte[] cipher = Arrays.copyOfRange(all, NONCE, all.length);
      byte[] plain = aes(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE), cipher);
      return Optional.of(JSON.readValue(plain, Content.class));
    } catch (GeneralSecurityException | IllegalArgumentException | IOException notOurs) {
      return Optional.empty();
    }
  }

  private byte[] aes(int mode, byte[] nonce, byte[] text) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher.doFinal(text);
  }

  private static byte[] derived(String secret, String purpose) {
    return Hmac.of(
        Hmac.key(secret.isEmpty() ? "sandbox" : secret), purpose.getBytes(StandardCharsets.UTF_8));
  }
}
