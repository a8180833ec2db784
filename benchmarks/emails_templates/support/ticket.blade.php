<p>New ticket from {{ $ticket->user->name }}</p><p>{{ $ticket->subject }}</p><p>{{ $ticket->content }}</p>
