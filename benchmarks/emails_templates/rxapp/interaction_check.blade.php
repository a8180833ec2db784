@component('mail::message')
Hello {{ $user->name }},

We noticed a possible reaction between {{ $first }} and {{ $second }}, two of your medications.
@endcomponent
