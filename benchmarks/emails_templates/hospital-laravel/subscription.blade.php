<p>Hello {{ $user->name }}, your plan {{ $plan->name }} expires on {{ $ends_at }}.</p>
