// An agent of the gateway's calls, without any AI: it reads who calls, sounds a tone, and does what
// the caller's keys say. 1: a person, by LiveKit's transfer; 2: the same by the gateway's HTTP API;
// 9: the call ends. Where the tone is made, your own AgentSession begins.
//
//   npm install @livekit/agents@1.9.0 @livekit/rtc-node@0.13.35 livekit-server-sdk@2.19.2
//   LIVEKIT_URL=wss://… LIVEKIT_API_KEY=… LIVEKIT_API_SECRET=… AGENT_NAME=voice-agent \
//     GATEWAY_URL=https://… OPS_PASSWORD=… TRANSFER_TO=sales node agent.mjs start
import { fileURLToPath } from 'node:url';
import { ServerOptions, cli, defineAgent } from '@livekit/agents';
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  ParticipantKind,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { SipClient, TwirpError } from 'livekit-server-sdk';

const RATE = 48_000;
const TRANSFER_TO = process.env.TRANSFER_TO ?? 'sales'; // an extension of the gateway's plan

export default defineAgent({
  entry: async (ctx) => {
    const call = JSON.parse(ctx.job.metadata || '{}'); // there before the caller is
    await ctx.connect();
    const stop = await sound(ctx.room); // first: LiveKit answers the phone when audio is there

    const caller = await phoneOf(ctx.room);
    const who = whoCalls(call, caller);
    console.log(who);

    ctx.room.on(RoomEvent.DtmfReceived, async (code, key) => {
      if (key === '1') console.log(await transferByLiveKit(ctx.room.name, caller.identity));
      if (key === '2') console.log(await transferByHttp(who.call_sid));
      if (key === '9') await ctx.deleteRoom(); // the call ends; an agent that only leaves is taken for lost
    });
    ctx.room.on(RoomEvent.Disconnected, stop);
  },
});

/** The caller's phone; other agents and persons may be there too. */
function phoneOf(room) {
  const isPhone = (participant) => participant.kind === ParticipantKind.SIP;
  const there = [...room.remoteParticipants.values()].find(isPhone);
  if (there) return there;
  return new Promise((come) => {
    room.on(RoomEvent.ParticipantConnected, (participant) => isPhone(participant) && come(participant));
  });
}

/**
 * What is known of the caller. A call that was dialled without a registration has attributes alone:
 * its job has no metadata of the gateway's.
 */
export function whoCalls(call, caller) {
  return {
    call_sid: call.call_sid ?? caller.attributes['gateway.call_sid'],
    from: call.from_e164 ?? caller.attributes['gateway.from'],
    to: call.to_e164 ?? caller.attributes['gateway.to'],
    name: call.caller_name ?? '',
  };
}

/** The person is dialled by Jambonz; "taken" does not mean that he answered. */
export async function transferByLiveKit(room, identity) {
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = process.env;
  const sip = new SipClient(LIVEKIT_URL.replace(/^ws/, 'http'), LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
  try {
    await sip.transferSipParticipant(room, identity, `sip:${TRANSFER_TO}@gateway`, {
      headers: { 'Referred-By': '<sip:agent@gateway>' },
    });
    return 'taken';
  } catch (refused) {
    if (refused instanceof TwirpError) return `refused: ${refused.status} ${refused.message}`; // the talk goes on
    throw refused;
  }
}

/** The same by the gateway, which says in a sentence why not. */
export async function transferByHttp(callSid) {
  const { GATEWAY_URL, OPS_USER = 'ops', OPS_PASSWORD } = process.env;
  const answer = await fetch(`${GATEWAY_URL}/livekit-api/calls/${callSid}/transfer`, {
    method: 'POST',
    headers: {
      Authorization: 'Basic ' + Buffer.from(`${OPS_USER}:${OPS_PASSWORD}`).toString('base64'),
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ to: TRANSFER_TO }),
  });
  const said = await answer.json();
  return answer.status === 202 ? said.result : `refused: ${said.error}`;
}

/** Publishes audio at once: half a second of a tone in every two. Returns what ends it. */
async function sound(room) {
  const source = new AudioSource(RATE, 1);
  const track = LocalAudioTrack.createAudioTrack('voice', source);
  await room.localParticipant.publishTrack(
    track,
    new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }),
  );
  const samples = new Int16Array(2 * RATE).map((_, i) =>
    i < RATE / 2 ? 6000 * Math.sin((2 * Math.PI * 440 * i) / RATE) : 0,
  );
  const frame = RATE / 20; // 50 ms
  let goesOn = true;
  (async () => {
    while (goesOn) {
      for (let start = 0; start < samples.length; start += frame) {
        await source.captureFrame(new AudioFrame(samples.slice(start, start + frame), RATE, 1, frame));
      }
    }
  })().catch(() => {});
  return () => {
    goesOn = false;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  cli.runApp(
    new ServerOptions({
      agent: fileURLToPath(import.meta.url),
      agentName: process.env.AGENT_NAME ?? 'voice-agent',
    }),
  );
}
