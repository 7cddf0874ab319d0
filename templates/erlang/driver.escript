#!/usr/bin/env escript
%% Runs every snippet of a list in this one virtual machine.
main([List]) ->
    {ok, Lines} = file:read_file(List),
    [run(binary:split(Line, <<"\t">>, [global])) || Line <- binary:split(Lines, <<"\n">>, [global]), Line =/= <<>>].

run([Folder, File | _]) ->
    ok = file:set_cwd(binary_to_list(Folder)),
    {ok, Code} = file:read_file(File),
    [_, Source] = binary:split(Code, <<"\n">>),
    ok = file:write_file("snippet.erl", [<<"-module(snippet). -export([main/1]).\n">>, Source]),
    {Status, Message} =
        case compile:file("snippet.erl", [binary, return_errors]) of
            {ok, snippet, Binary} ->
                {module, snippet} = code:load_binary(snippet, "snippet.erl", Binary),
                call();
            {error, Errors, _} ->
                {"127", io_lib:format("~tp", [Errors])}
        end,
    ok = file:write_file("stderr", unicode:characters_to_binary(Message)),
    ok = file:write_file("exit", Status).

call() ->
    _ = ssl:stop(),
    _ = inets:stop(),
    {Pid, Monitor} = spawn_monitor(fun() -> snippet:main([]) end),
    receive
        {'DOWN', Monitor, process, Pid, normal} -> {"0", ""};
        {'DOWN', Monitor, process, Pid, Reason} -> {"1", io_lib:format("~tp", [Reason])}
    after 15000 ->
        exit(Pid, kill),
        {"124", "no end after 15 seconds"}
    end.
