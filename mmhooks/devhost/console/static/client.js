// One person's client: REST v4 with the person's own session, and the WebSocket.

export class Refused extends Error {
  constructor(status, document) {
    super(document.message || `Status ${status}`);
    this.status = status;
    this.id = document.id || "";
  }
}

export class Client {
  constructor(user, token, onEvent) {
    this.user = user;
    this.token = token;
    this.onEvent = onEvent;
    this.seq = 1;
    this.isClosed = false;
    this.connect();
  }

  async send(method, path, body) {
    const headers = { Authorization: `Bearer ${this.token}` };
    let content = body;
    if (body !== undefined && !(body instanceof FormData)) {
      headers["Content-Type"] = "application/json";
      content = JSON.stringify(body);
    }
    let answer;
    try {
      answer = await fetch(`/api/v4${path}`, { method, headers, body: content, credentials: "omit" });
    } catch {
      throw new Error("The host does not answer; is mmhooks dev still running?");
    }
    if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})));
    return answer;
  }

  async call(method, path, body) {
    const answer = await this.send(method, path, body);
    return answer.status === 204 ? null : answer.json();
  }

  connect() {
    this.socket = new WebSocket(`ws://${location.host}/api/v4/websocket`);
    this.socket.onopen = () => this.say("authentication_challenge", { token: this.token });
    this.socket.onmessage = (message) => {
      const event = JSON.parse(message.data);
      if (event.event && !this.isClosed) this.onEvent(event);
    };
    this.socket.onclose = () => !this.isClosed && setTimeout(() => this.isClosed || this.connect(), 1000);
  }

  say(action, data) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ action, seq: this.seq++, data }));
  }

  close() {
    this.isClosed = true;
    this.socket.close();
    fetch("/api/v4/users/logout", {
      method: "POST", headers: { Authorization: `Bearer ${this.token}` }, credentials: "omit", keepalive: true,
    }).catch(() => {});
  }
}
