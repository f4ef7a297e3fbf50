import { expect, test } from 'vitest';
import { checkServerUrl, normalizeServerUrl } from './serverUrl';

test.each(['https://mcp.example.com/mcp', 'mcp.example.com/mcp', ' https://mcp.example.com ', 'http://localhost:3000/mcp'])(
  '%s can be sent',
  (text) => expect(checkServerUrl(text)).toBeNull(),
);

test.each([
  ['', 'Enter the address'],
  ['https://', 'not an address'],
  ['two words', 'not an address'],
  ['http://mcp.example.com', 'start with https://'],
  ['ftp://mcp.example.com', 'start with https://'],
  ['javascript://mcp.example.com', 'start with https://'],
  ['https://ada:secret@mcp.example.com', 'Leave the user name and password out'],
  ['https://mcp.example.com/#part', 'Leave out the part from #'],
])('%s is refused', (text, reason) => expect(checkServerUrl(text)).toContain(reason));

test('a missing scheme is added', () => {
  expect(normalizeServerUrl(' mcp.example.com/mcp ')).toBe('https://mcp.example.com/mcp');
  expect(normalizeServerUrl('https://mcp.example.com')).toBe('https://mcp.example.com');
});
