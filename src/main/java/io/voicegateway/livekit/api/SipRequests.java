package io.voicegateway.livekit.api;

import java.util.List;
import livekit.LivekitSip.CreateSIPDispatchRuleRequest;
import livekit.LivekitSip.CreateSIPInboundTrunkRequest;
import livekit.LivekitSip.CreateSIPOutboundTrunkRequest;
import livekit.LivekitSip.DeleteSIPDispatchRuleRequest;
import livekit.LivekitSip.DeleteSIPTrunkRequest;
import livekit.LivekitSip.ListSIPDispatchRuleRequest;
import livekit.LivekitSip.ListSIPInboundTrunkRequest;
import livekit.LivekitSip.ListSIPOutboundTrunkRequest;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import livekit.LivekitSip.UpdateSIPDispatchRuleRequest;
import livekit.LivekitSip.UpdateSIPInboundTrunkRequest;
import livekit.LivekitSip.UpdateSIPOutboundTrunkRequest;

/**
 * What LiveKit is asked of its trunks and dispatch rules. Every method throws {@link
 * LiveKitFailure} when LiveKit did not answer as it should. The create and replace methods give
 * what LiveKit stored.
 */
public final class SipRequests {

  private final LiveKitApi api;
  private final AccessTokens tokens;

  SipRequests(LiveKitApi api, AccessTokens tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  /** Everything, in three requests. */
  public SipConfiguration all() {
    return new SipConfiguration(inboundTrunks(), outboundTrunks(), rules());
  }

  public List<SIPInboundTrunkInfo> inboundTrunks() {
    ListSIPInboundTrunkRequest all = ListSIPInboundTrunkRequest.getDefaultInstance();
    return api.execute("ListSIPInboundTrunk", api.sip().listSIPInboundTrunk(all, tokens.sipAdmin()))
        .getItemsList();
  }

  public List<SIPOutboundTrunkInfo> outboundTrunks() {
    ListSIPOutboundTrunkRequest all = ListSIPOutboundTrunkRequest.getDefaultInstance();
    return api.execute(
            "ListSIPOutboundTrunk", api.sip().listSipOutboundTrunk(all, tokens.sipAdmin()))
        .getItemsList();
  }

  public List<SIPDispatchRuleInfo> rules() {
    ListSIPDispatchRuleRequest all = ListSIPDispatchRuleRequest.getDefaultInstance();
    return api.execute("ListSIPDispatchRule", api.sip().listSipDispatchRule(all, tokens.sipAdmin()))
        .getItemsList();
  }

  public SIPInboundTrunkInfo create(SIPInboundTrunkInfo trunk) {
    CreateSIPInboundTrunkRequest request =
        CreateSIPInboundTrunkRequest.newBuilder().setTrunk(trunk).build();
    return api.execute(
        "CreateSIPInboundTrunk", api.sip().createSipInboundTrunk(request, tokens.sipAdmin()));
  }

  public SIPOutboundTrunkInfo create(SIPOutboundTrunkInfo trunk) {
    CreateSIPOutboundTrunkRequest request =
        CreateSIPOutboundTrunkRequest.newBuilder().setTrunk(trunk).build();
    return api.execute(
        "CreateSIPOutboundTrunk", api.sip().createSipOutboundTrunk(request, tokens.sipAdmin()));
  }

  public SIPDispatchRuleInfo create(SIPDispatchRuleInfo rule) {
    CreateSIPDispatchRuleRequest request =
        CreateSIPDispatchRuleRequest.newBuilder().setDispatchRule(rule).build();
    return api.execute(
        "CreateSIPDispatchRule", api.sip().createSipDispatchRule(request, tokens.sipAdmin()));
  }

  /** Puts a trunk in the place of the stored one with its id. */
  public SIPInboundTrunkInfo replace(SIPInboundTrunkInfo trunk) {
    UpdateSIPInboundTrunkRequest request =
        UpdateSIPInboundTrunkRequest.newBuilder()
            .setSipTrunkId(trunk.getSipTrunkId())
            .setReplace(trunk.toBuilder().clearSipTrunkId())
            .build();
    return api.execute(
        "UpdateSIPInboundTrunk", api.sip().updateSipInboundTrunk(request, tokens.sipAdmin()));
  }

  /** Puts a trunk in the place of the stored one with its id. */
  public SIPOutboundTrunkInfo replace(SIPOutboundTrunkInfo trunk) {
    UpdateSIPOutboundTrunkRequest request =
        UpdateSIPOutboundTrunkRequest.newBuilder()
            .setSipTrunkId(trunk.getSipTrunkId())
            .setReplace(trunk.toBuilder().clearSipTrunkId())
            .build();
    return api.execute(
        "UpdateSIPOutboundTrunk", api.sip().updateSipOutboundTrunk(request, tokens.sipAdmin()));
  }

  /** Puts a rule in the place of the stored one with its id. */
  public SIPDispatchRuleInfo replace(SIPDispatchRuleInfo rule) {
    UpdateSIPDispatchRuleRequest request =
        UpdateSIPDispatchRuleRequest.newBuilder()
            .setSipDispatchRuleId(rule.getSipDispatchRuleId())
            .setReplace(rule.toBuilder().clearSipDispatchRuleId())
            .build();
    return api.execute(
        "UpdateSIPDispatchRule", api.sip().updateSipDispatchRule(request, tokens.sipAdmin()));
  }

  /** Deletes a trunk of either direction; LiveKit says the same when there was none. */
  public void deleteTrunk(String id) {
    DeleteSIPTrunkRequest request = DeleteSIPTrunkRequest.newBuilder().setSipTrunkId(id).build();
    var unused =
        api.execute("DeleteSIPTrunk", api.sip().deleteSipTrunk(request, tokens.sipAdmin()));
  }

  /** Deletes a dispatch rule; nothing when there is none. */
  public void deleteRule(String id) {
    DeleteSIPDispatchRuleRequest request =
        DeleteSIPDispatchRuleRequest.newBuilder().setSipDispatchRuleId(id).build();
    try {
      var unused =
          api.execute(
              "DeleteSIPDispatchRule", api.sip().deleteSipDispatchRule(request, tokens.sipAdmin()));
    } catch (LiveKitFailure.Refused gone) {
      if (gone.status() != RoomRequests.NOT_FOUND) {
        throw gone;
      }
    }
  }
}
