import { expect, test } from 'vitest';
import { eventParser } from './events';

test('events are read whatever the chunks they arrive in', () => {
  const text = ': hello\r\nid: 7\r\nevent: step\r\ndata: {"a":\r\ndata: 1}\r\n\r\nevent: completed\ndata: {}\n\n';

  for (const size of [1, 2, 5, text.length]) {
    const parse = eventParser();
    const events = [];
    for (let at = 0; at < text.length; at += size) events.push(...parse(text.slice(at, at + size)));

    expect(events).toEqual([
      { id: '7', event: 'step', data: '{"a":\n1}' },
      { event: 'completed', data: '{}' },
    ]);
  }
});
