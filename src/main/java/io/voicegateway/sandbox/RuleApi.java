package io.voicegateway.sandbox;

import com.google.protobuf.Message;
import io.voicegateway.livekit.routing.Listings;
import io.voicegateway.livekit.routing.RuleChecks;
import java.util.Optional;
import livekit.LivekitSip.CreateSIPDispatchRuleRequest;
import livekit.LivekitSip.DeleteSIPDispatchRuleRequest;
import livekit.LivekitSip.ListSIPDispatchRuleRequest;
import livekit.LivekitSip.ListSIPDispatchRuleResponse;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPDispatchRuleUpdate;
import livekit.LivekitSip.UpdateSIPDispatchRuleRequest;

/** The dispatch rule methods of LiveKit's SIP service (livekit/pkg/service/sip.go). */
final class RuleApi {
  private final SipStore store;

  RuleApi(SipStore store) {
    this.store = store;
  }

  void addTo(TwirpService sip) {
    sip.on(
            "CreateSIPDispatchRule",
            CreateSIPDispatchRuleRequest.class,
            (g, q) -> g.sipAdmin(),
            this::create)
        .on(
            "UpdateSIPDispatchRule",
            UpdateSIPDispatchRuleRequest.class,
            (g, q) -> g.sipAdmin(),
            this::update)
        .on(
            "ListSIPDispatchRule",
            ListSIPDispatchRuleRequest.class,
            (g, q) -> g.sipAdmin(),
            this::list)
        .on(
            "DeleteSIPDispatchRule",
            DeleteSIPDispatchRuleRequest.class,
            (g, q) -> g.sipAdmin(),
            this::delete);
  }

  private SIPDispatchRuleInfo create(CreateSIPDispatchRuleRequest request) {
    TrunkApi.refuseIf(RuleChecks.refusalOf(request, store.dispatchRules()));
    SIPDispatchRuleInfo rule =
        RuleChecks.requested(request).toBuilder().setSipDispatchRuleId(Ids.of("SDR_")).build();
    store.rules().put(rule.getSipDispatchRuleId(), rule);
    return rule;
  }

  private SIPDispatchRuleInfo update(UpdateSIPDispatchRuleRequest request) {
    String id = request.getSipDispatchRuleId();
    if (id.isEmpty()) {
      throw TwirpError.invalid("rule id must be set");
    }
    if (request.getActionCase() == UpdateSIPDispatchRuleRequest.ActionCase.ACTION_NOT_SET) {
      throw TwirpError.invalid("missing or unsupported update action");
    }
    SIPDispatchRuleInfo stored = find(id);
    SIPDispatchRuleInfo changed =
        request.hasReplace()
            ? request.getReplace().toBuilder().setSipDispatchRuleId(id).build()
            : changed(stored, request.getUpdate());
    TrunkApi.refuseIf(RuleChecks.refusalOfChange(changed, store.dispatchRules()));
    store.rules().put(id, changed);
    return changed;
  }

  private static SIPDispatchRuleInfo changed(
      SIPDispatchRuleInfo stored, SIPDispatchRuleUpdate update) {
    SIPDispatchRuleInfo.Builder rule = stored.toBuilder();
    rule.clearTrunkIds()
        .addAllTrunkIds(ListUpdates.apply(stored.getTrunkIdsList(), update.getTrunkIds()));
    update
        .getAttributesMap()
        .forEach(
            (name, value) -> {
              if (value.isEmpty()) {
                rule.removeAttributes(name);
              } else {
                rule.putAttributes(name, value);
              }
            });
    if (update.hasRule()) {
      rule.setRule(update.getRule());
    }
    if (update.hasName()) {
      rule.setName(update.getName());
    }
    if (update.hasMetadata()) {
      rule.setMetadata(update.getMetadata());
    }
    if (update.hasMediaEncryption()) {
      rule.setMediaEncryption(update.getMediaEncryption());
    }
    return rule.build();
  }

  private Message list(ListSIPDispatchRuleRequest request) {
    return ListSIPDispatchRuleResponse.newBuilder()
        .addAllItems(
            Listings.rules(
                store.dispatchRules(), request.getDispatchRuleIdsList(), request.getTrunkIdsList()))
        .build();
  }

  private SIPDispatchRuleInfo delete(DeleteSIPDispatchRuleRequest request) {
    if (request.getSipDispatchRuleId().isEmpty()) {
      throw TwirpError.invalid("dispatch rule ID is required");
    }
    SIPDispatchRuleInfo rule = find(request.getSipDispatchRuleId());
    store.rules().remove(rule.getSipDispatchRuleId());
    return rule;
  }

  private SIPDispatchRuleInfo find(String id) {
    return Optional.ofNullable(store.rules().get(id))
        .orElseThrow(
            () -> TwirpError.of(TwirpCode.NOT_FOUND, "requested sip dispatch rule does not exist"));
  }
}
