# Writes what `Net::HTTP` logs of requests to the port that is named.

require 'net/http'

BODIES = [
  ['Post', "/a?x='1'", "a=1&b='\"\\\#{c}\#$d", 'application/x-www-form-urlencoded'],
  ['Put', '/b', "{\"é\": \"\\n\"}\r\n\ttab\e", 'application/json'],
  ['Post', '/c', (0..255).map(&:chr).join.b, 'application/octet-stream'],
  ['Get', '/d', nil, nil]
].freeze

http = Net::HTTP.new('127.0.0.1', Integer(ARGV[0]))
http.set_debug_output($stdout)
http.start do
  BODIES.each do |name, target, body, kind|
    request = Net::HTTP.const_get(name).new(target)
    request['X-Quoted'] = "a\"b'c\\d"
    request['Content-Type'] = kind if kind
    request.body = body if body
    http.request(request)
  end
end
