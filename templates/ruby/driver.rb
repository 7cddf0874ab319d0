# frozen_string_literal: true

# Runs each snippet of a list in a process of its own, which this one forks with what it requires.
#
#     ruby driver.rb LIST
#
# LIST has a line for each snippet: folder, file and two more fields, with tabs between. Beside each snippet
# the files `exit`, `stdout` and `stderr` are left.

LIMIT = 15

def run(folder, name)
  Dir.chdir(folder)
  $stdout.reopen('stdout', 'w')
  $stderr.reopen('stderr', 'w')
  $PROGRAM_NAME = name
  load "./#{name}"
end

def wait(child)
  stop = Thread.new do
    sleep LIMIT
    Process.kill(:KILL, child)
  end
  status = Process.wait2(child).last
  stop.kill
  status.exitstatus || 128 + status.termsig
end

snippets = File.readlines(ARGV.shift).map { |line| line.split("\t").first(2) }
texts = snippets.map { |snippet| File.binread(File.join(snippet)) }
texts.flat_map { |text| text.scan(/^require ['"]([^'"]+)/) }.flatten.uniq.each do |name|
  require name
rescue LoadError
  # The snippet that requires it says so.
end
snippets.each do |folder, name|
  status = wait(fork { run(folder, name) })
  File.write(File.join(folder, 'exit'), status)
end
