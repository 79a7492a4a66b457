"""An agent of the gateway's calls, without any AI: it reads who calls, sounds a tone, and does what
the caller's keys say. 1: a person, by LiveKit's transfer; 2: the same by the gateway's HTTP API;
9: the call ends. Where the tone is made, your own AgentSession begins.

    pip install "livekit-agents==1.8.9"
    LIVEKIT_URL=wss://… LIVEKIT_API_KEY=… LIVEKIT_API_SECRET=… AGENT_NAME=voice-agent \\
      GATEWAY_URL=https://… OPS_PASSWORD=… TRANSFER_TO=sales python agent.py start
"""

import asyncio
import json
import math
import os
from array import array

import aiohttp
from livekit import api, rtc
from livekit.agents import AgentServer, JobContext, cli

RATE = 48_000
TRANSFER_TO = os.environ.get("TRANSFER_TO", "sales")  # an extension of the gateway's plan

server = AgentServer()


@server.rtc_session(agent_name=os.environ.get("AGENT_NAME", "voice-agent"))
async def entrypoint(ctx: JobContext) -> None:
    call = json.loads(ctx.job.metadata or "{}")  # there before the caller is
    await ctx.connect()
    done = asyncio.Event()
    await sound(ctx.room, done)  # first: LiveKit answers the phone when audio is there

    caller = await ctx.wait_for_participant(kind=rtc.ParticipantKind.PARTICIPANT_KIND_SIP)
    who = who_calls(call, caller)
    print(who)

    keys: asyncio.Queue[str] = asyncio.Queue()
    ctx.room.on("sip_dtmf_received", lambda dtmf: keys.put_nowait(dtmf.digit))
    ctx.room.on("disconnected", lambda *_: keys.put_nowait("gone"))
    while (key := await keys.get()) not in ("9", "gone"):
        if key == "1":
            print(await transfer_by_livekit(ctx, caller))
        elif key == "2":
            print(await transfer_by_http(who["call_sid"]))
    done.set()
    if key == "9":
        await hang_up(ctx)


def who_calls(call: dict, caller: rtc.RemoteParticipant) -> dict:
    """What is known of the caller. A call that was dialled without a registration has attributes
    alone: its job has no metadata of the gateway's."""
    return {
        "call_sid": call.get("call_sid") or caller.attributes.get("gateway.call_sid"),
        "from": call.get("from_e164") or caller.attributes.get("gateway.from"),
        "to": call.get("to_e164") or caller.attributes.get("gateway.to"),
        "name": call.get("caller_name", ""),
    }


async def transfer_by_livekit(ctx: JobContext, caller: rtc.RemoteParticipant) -> str:
    """The person is dialled by Jambonz; "taken" does not mean that he answered."""
    try:
        await ctx.api.sip.transfer_sip_participant(
            api.TransferSIPParticipantRequest(
                room_name=ctx.room.name,
                participant_identity=caller.identity,
                transfer_to=f"sip:{TRANSFER_TO}@gateway",
                headers={"Referred-By": "<sip:agent@gateway>"},
            )
        )
        return "taken"
    except api.TwirpError as refused:  # the talk goes on
        return f"refused: {refused.status} {refused.message}"


async def transfer_by_http(call_sid: str) -> str:
    """The same by the gateway, which says in a sentence why not."""
    url = f"{os.environ['GATEWAY_URL']}/livekit-api/calls/{call_sid}/transfer"
    login = aiohttp.BasicAuth(os.environ.get("OPS_USER", "ops"), os.environ["OPS_PASSWORD"])
    async with aiohttp.ClientSession(auth=login) as http:
        async with http.post(url, json={"to": TRANSFER_TO}) as answer:
            said = await answer.json()
            return said["result"] if answer.status == 202 else f"refused: {said['error']}"


async def hang_up(ctx: JobContext) -> None:
    """The room goes, and with it the caller's leg. An agent that only leaves is taken for lost."""
    await ctx.delete_room()


async def sound(room: rtc.Room, done: asyncio.Event) -> asyncio.Task:
    """Publishes audio at once: half a second of a tone in every two."""
    source = rtc.AudioSource(RATE, 1)
    track = rtc.LocalAudioTrack.create_audio_track("voice", source)
    await room.local_participant.publish_track(
        track, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
    )
    wave = (int(6000 * math.sin(2 * math.pi * 440 * i / RATE)) for i in range(RATE // 2))
    samples = array("h", wave).tobytes() + bytes(RATE * 3)
    frame = RATE // 20  # 50 ms

    async def play() -> None:
        while not done.is_set():
            for start in range(0, len(samples), 2 * frame):
                part = samples[start : start + 2 * frame]
                await source.capture_frame(rtc.AudioFrame(part, RATE, 1, frame))

    return asyncio.create_task(play())


if __name__ == "__main__":
    cli.run_app(server)
