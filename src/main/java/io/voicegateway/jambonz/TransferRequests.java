package io.voicegateway.jambonz;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Call;
import io.voicegateway.call.RefusedTransfer;
import io.voicegateway.jambonz.DialState.OrderedTransfer;
import io.voicegateway.jambonz.rest.Hook;
import io.voicegateway.jambonz.rest.JambonzApis;
import io.voicegateway.jambonz.rest.JambonzFailure;
import java.io.IOException;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Transfers that are asked for by HTTP: Jambonz lets the call ask its refer hook what to do, whose
 * address carries what was allowed here.
 */
@Component("transferRequests")
final class TransferRequests {

  private static final JsonMapper JSON = new JsonMapper();

  private final JambonzApis jambonz;
  private final DialState state;
  private final String publicUrl;

  TransferRequests(JambonzApis jambonz, DialState state, JambonzSettings settings) {
    this.jambonz = jambonz;
    this.state = state;
    this.publicUrl = settings.publicUrl();
  }

  /** What the client is told. */
  record Ordered(@JsonProperty("call_sid") String callSid, String result) {}

  /**
   * Whom the body of a request names.
   *
   * @throws RefusedTransfer when it names nobody, or could not be done whoever is named
   */
  String target(@Body byte @Nullable [] body) {
    if (!jambonz.isSet() || publicUrl.isEmpty()) {
      throw RefusedTransfer.notSet(
          "A transfer by HTTP goes through Jambonz's API: set JAMBONZ_API_URL, JAMBONZ_ACCOUNT_SID,"
              + " JAMBONZ_API_KEY and PUBLIC_URL.");
    }
    JsonNode to = read(body).path("to");
    if (!to.isTextual() || to.asText().isBlank()) {
      throw RefusedTransfer.unreadable("", "The body must be JSON: {\"to\": \"+493012345671\"}.");
    }
    return to.asText();
  }

  private static JsonNode read(byte @Nullable [] body) {
    try {
      return JSON.readTree(body == null ? new byte[0] : body);
    } catch (IOException noJson) {
      return JSON.missingNode();
    }
  }

  /**
   * Has Jambonz begin.
   *
   * @throws RefusedTransfer when it has no such call, or did not answer
   */
  Ordered order(@Body Transfer transfer) {
    Call call = transfer.call();
    String target = transfer.target().person().masked();
    try {
      if (!jambonz.redirect(call.sid(), Hook.post(hook(transfer)))) {
        throw RefusedTransfer.noSuchCall(target);
      }
    } catch (JambonzFailure failure) {
      throw RefusedTransfer.notDone(target, String.valueOf(failure.getMessage()));
    }
    return new Ordered(
        call.sid(),
        "Jambonz took the transfer to %s. Whether it is answered there stands in the call's record."
            .formatted(target));
  }

  private String hook(Transfer transfer) {
    Call call = transfer.call();
    OrderedTransfer ordered =
        new OrderedTransfer(
            call.sid(), transfer.target().person().target(), transfer.target().label());
    return publicUrl + "/livekit-api/refer?then=" + state.seal(ordered, call);
  }
}
