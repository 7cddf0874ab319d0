# Runs every snippet of a list in this one virtual machine.
[list] = System.argv()

# A project starts the applications that it depends on. Where Req is not installed, nothing needs it.
_ = Application.ensure_all_started(:req)

for line <- list |> File.read!() |> String.split("\n", trim: true) do
  [folder, file | _] = String.split(line, "\t")
  File.cd!(folder)
  {:ok, stdout} = StringIO.open("", encoding: :latin1)

  task =
    Task.async(fn ->
      Process.group_leader(self(), stdout)

      try do
        Code.eval_file(file)
        {"0", ""}
      catch
        kind, reason -> {"1", Exception.format(kind, reason, __STACKTRACE__)}
      end
    end)

  {status, message} =
    case Task.yield(task, 15_000) || Task.shutdown(task, :brutal_kill) do
      {:ok, result} -> result
      _ -> {"124", "no end after 15 seconds"}
    end

  {_, output} = StringIO.contents(stdout)
  File.write!("stdout", output)
  File.write!("stderr", message)
  File.write!("exit", status)
end

